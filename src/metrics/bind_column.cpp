#include "metrics/bind_column.h"

#include <cmath>
#include <functional>

#include "support/text.h"

namespace metricgate::metrics {
namespace {

using support::Node;

/// Reads the settings of one column check.
class Reader {
public:
    Reader(const Node& setting, const Metric& metric, ColumnParameters& parameters,
           support::Diagnostics& problems)
        : m_setting(setting), m_metric(metric), m_out(parameters), m_problems(problems) {}

    void run() {
        choose("type", takes_type,
               {{"numeric", [this] { m_out.type = ColumnType::numeric; }},
                {"categorical", [this] { m_out.type = ColumnType::categorical; }}});
        choose("closed", takes_bins,
               {{"right", [this] { m_out.closed = stats::Closed::right; }},
                {"left", [this] { m_out.closed = stats::Closed::left; }}});
        choose("scale", takes_scale, {{"sd", [this] { m_out.in_baseline_sd = true; }}});
        read_bins();
        read_empty_bins();
        read_range();
    }

private:
    using Choice = std::pair<std::string, std::function<void()>>;

    /// The setting, if it is there and the metric takes it.
    const Node* find(const std::string& key, unsigned bit) {
        const Node* node = m_setting.find(key);
        if (node == nullptr) {
            return nullptr;
        }
        const ColumnForm* form = column_form(m_metric.definition);
        if (form == nullptr && key == "bins") {
            return nullptr;  // read or refused with the settings of other metrics
        }
        if (form == nullptr || (form->takes & bit) == 0U) {
            refuse(*node, key, "does not apply to " + m_metric.name);
            return nullptr;
        }
        return node;
    }

    void refuse(const Node& node, const std::string& key, const std::string& problem) {
        m_problems.push_back({node.where, "`" + key + ":` " + problem});
    }

    void choose(const std::string& key, unsigned bit, const std::vector<Choice>& choices) {
        const Node* node = find(key, bit);
        if (node == nullptr) {
            return;
        }
        std::vector<std::string> names;
        for (const auto& [name, take] : choices) {
            if (node->kind == Node::Kind::text && node->text == name) {
                take();
                return;
            }
            names.push_back(name);
        }
        refuse(*node, key,
               "is " + support::describe_found(*node) + "; wanted " +
                   support::enumerate(names, "or") + support::did_you_mean(node->text, names));
    }

    /// The number, when it is finite and within its limits.
    std::optional<double> number(const Node& node, const std::string& key, double lowest,
                                 double highest, const std::string& wanted) {
        const bool good = node.kind == Node::Kind::number &&
                          node.number.kind == support::NumberKind::finite &&
                          node.number.value >= lowest && node.number.value <= highest;
        if (!good) {
            refuse(node, key, "is " + support::describe_found(node) + "; wanted " + wanted);
            return std::nullopt;
        }
        return node.number.value;
    }

    void read_bins() {
        const Node* node = find("bins", takes_bins);
        const std::string wanted = "a whole number from 2 to 1000";
        const auto bins = node == nullptr ? std::nullopt : number(*node, "bins", 2, 1000, wanted);
        if (bins && *bins != std::floor(*bins)) {
            refuse(*node, "bins", "is " + support::describe_found(*node) + "; wanted " + wanted);
        } else if (bins) {
            m_out.bins = static_cast<std::size_t>(*bins);
        }
    }

    void read_empty_bins() {
        using stats::EmptyBins;
        struct Rule {
            const char* key;
            EmptyBins rule;
            double highest;
            const char* wanted;
        };
        // Zero would leave an empty bin without a logarithm.
        constexpr Rule rules[] = {
            {"floor", EmptyBins::floor, 0.1, "a share from 1e-12 to 0.1"},
            {"add_share", EmptyBins::add_share, 0.1, "a share from 1e-12 to 0.1"},
            {"add_count", EmptyBins::add_count, 10.0, "a number of examples from 1e-12 to 10"}};
        const Node* first = nullptr;
        for (const Rule& rule : rules) {
            const Node* node = find(rule.key, takes_empty);
            if (node == nullptr) {
                continue;
            }
            if (first != nullptr) {
                refuse(*node, rule.key,
                       "and another rule for empty bins exclude each other; keep "
                       "one of floor, add_share and add_count");
                return;
            }
            first = node;
            if (const auto amount = number(*node, rule.key, 1e-12, rule.highest, rule.wanted)) {
                m_out.shares = {rule.rule, *amount};
            }
        }
    }

    void read_range() {
        const Node* node = find("range", takes_range);
        if (node == nullptr) {
            return;
        }
        const Node* low = node->find("min");
        const Node* high = node->find("max");
        const auto is_number = [](const Node* each) {
            return each != nullptr && each->kind == Node::Kind::number &&
                   each->number.kind == support::NumberKind::finite;
        };
        const bool good = node->kind == Node::Kind::map && node->members.size() == 2 &&
                          is_number(low) && is_number(high) &&
                          low->number.value <= high->number.value;
        if (!good) {
            refuse(*node, "range",
                   "is " + support::describe_found(*node) +
                       "; wanted {min: A, max: B} with A not above B");
            return;
        }
        m_out.range = {low->number.value, high->number.value};
    }

    const Node& m_setting;
    const Metric& m_metric;
    ColumnParameters& m_out;
    support::Diagnostics& m_problems;
};

}  // namespace

const std::vector<std::string>& column_setting_keys() {
    static const std::vector<std::string> keys = {"type",      "bins",      "closed", "floor",
                                                  "add_share", "add_count", "range",  "scale"};
    return keys;
}

void read_column_settings(const Node& setting, const Metric& metric, ColumnParameters& parameters,
                          support::Diagnostics& problems) {
    Reader(setting, metric, parameters, problems).run();
}

}  // namespace metricgate::metrics
