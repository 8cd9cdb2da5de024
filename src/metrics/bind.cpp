#include <algorithm>
#include <string>
#include <utility>

#include "evidence/column.h"
#include "metrics/bind_column.h"
#include "metrics/catalog.h"
#include "metrics/settings.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using support::Node;

/// The entries that summarise a column; a policy asks for them by `stat`, never by name.
bool is_statistic(std::string_view name) {
    return name == "mean" || name == "geometric_mean" || name == "median" || name == "quantile";
}

std::vector<std::string> metric_names() {
    std::vector<std::string> names;
    for (const Definition& definition : catalog()) {
        if (!is_statistic(definition.name)) {
            names.emplace_back(definition.name);
        }
    }
    return names;
}

/// p in (0, 1) of "pNN"; shifting the decimal point in the text rounds once, dividing would twice.
std::optional<double> quantile_of(std::string_view stat) {
    if (stat.size() < 2 || stat.front() != 'p') {
        return std::nullopt;
    }
    const std::string_view percent = stat.substr(1);
    if (percent.find_first_not_of("0123456789.") != std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = support::parse_number(std::string(percent) + "e-2");
    const bool inside =
        number.kind == support::NumberKind::finite && number.value > 0.0 && number.value < 1.0;
    return inside ? std::optional<double>(number.value) : std::nullopt;
}

/// Reads one `metric:` setting, collecting every problem on the way.
class Binder {
public:
    explicit Binder(const Node& setting) : m_setting(setting) {}

    support::Result<Metric> run() {
        if (m_setting.kind == Node::Kind::text) {
            read_name(m_setting);
        } else if (m_setting.kind == Node::Kind::map) {
            read_map();
        } else {
            refuse(m_setting, "`metric:` is " + support::describe_found(m_setting) +
                                  "; wanted a name (see `metricgate list metrics`) or a map with "
                                  "`name:`");
        }
        if (m_name != nullptr && !is_statistic(m_metric.name)) {
            finish();
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        return std::move(m_metric);
    }

private:
    void refuse(const Node& node, std::string message) {
        m_problems.push_back({node.where, std::move(message)});
    }

    void read_map() {
        static const std::vector<std::string> keys = all_keys();
        for (const support::Member& member : m_setting.members) {
            if (std::find(keys.begin(), keys.end(), member.key) == keys.end()) {
                m_problems.push_back(
                    {member.where, "unknown key '" + support::visible(member.key) + "'" +
                                       support::did_you_mean(member.key, keys) +
                                       "; a metric takes " + support::enumerate(keys)});
            }
        }
        const Node* name = m_setting.find("name");
        if (name == nullptr) {
            refuse(m_setting,
                   "a metric needs `name:`, a metric of the catalog, a recorded metric "
                   "or a value column");
        } else if (name->kind != Node::Kind::text || name->text.empty()) {
            refuse(*name, "`name:` is " + support::describe_found(*name) +
                              "; wanted the name of a metric or a value column as text");
        } else {
            read_name(*name);
        }
        read_text("unit", [this](const Node& node) { m_metric.unit = node.text; });
        read_text("direction", [this](const Node& node) { read_direction(node); });
        read_text("stat", [this](const Node& node) { read_stat(node); });
        read_text("relative_to",
                  [this](const Node& node) { m_metric.parameters.reference = node.text; });
        read_text("average", [this](const Node& node) { read_average(node); });
        read_class();
        read_when_undefined();
        read_settings(m_setting, m_metric, m_problems);
        read_column_settings(m_setting, m_metric, m_metric.parameters.of_column, m_problems);
    }

    static std::vector<std::string> all_keys() {
        std::vector<std::string> keys = {"name", "stat",    "relative_to", "direction",
                                         "unit", "average", "class",       "when_undefined",
                                         "k",    "beta",    "quantile",    "gain"};
        keys.insert(keys.end(), column_setting_keys().begin(), column_setting_keys().end());
        return keys;
    }

    template <class Use>
    void read_text(std::string_view key, Use use) {
        const Node* node = m_setting.find(key);
        if (node == nullptr) {
            return;
        }
        if (node->kind != Node::Kind::text || node->text.empty()) {
            refuse(*node, "`" + std::string(key) + ":` is " + support::describe_found(*node) +
                              "; wanted text that is not empty");
            return;
        }
        use(*node);
    }

    void read_name(const Node& node) {
        m_name = &node;
        m_metric.name = node.text;
        if (is_statistic(node.text)) {
            const std::string stat = node.text == "quantile" ? "p95" : node.text;
            refuse(node, "'" + node.text + "' is a statistic of a column, not a metric; write " +
                             "{name: COLUMN, stat: " + stat + ", direction: lower}");
            return;
        }
        m_metric.definition = find(node.text);
    }

    void read_direction(const Node& node) {
        if (node.text == "higher") {
            m_direction = Direction::higher_is_better;
        } else if (node.text == "lower") {
            m_direction = Direction::lower_is_better;
        } else {
            refuse(node, "`direction:` is " + support::describe_found(node) +
                             "; wanted `higher` or `lower`, whichever is better");
            return;
        }
        if (m_metric.definition != nullptr && m_metric.definition->direction != *m_direction) {
            const bool higher = *m_direction == Direction::lower_is_better;
            refuse(node, "`direction: " + node.text +
                             "` contradicts the catalog: " + m_metric.name + " is better when " +
                             (higher ? "higher" : "lower") + "; leave the direction out");
        }
    }

    void read_stat(const Node& node) {
        const std::optional<double> quantile = quantile_of(node.text);
        const bool named = is_statistic(node.text) && node.text != "quantile";
        if (!named && !quantile) {
            refuse(node, "`stat:` is " + support::describe_found(node) +
                             "; wanted mean, geometric_mean, median or a percentile between p0 and "
                             "p100, such as p95");
            return;
        }
        m_metric.statistic = node.text;
        m_metric.parameters.quantile = quantile.value_or(0.5);
    }

    bool takes_average(const Node& node, std::string_view key) {
        if (m_metric.definition != nullptr && m_metric.definition->averaged) {
            return true;
        }
        if (m_name != nullptr) {
            refuse(node,
                   "`" + std::string(key) + ":` does not apply to " + m_metric.name +
                       "; it belongs to precision, recall, f1, fbeta, jaccard and specificity");
        }
        return false;
    }

    void read_average(const Node& node) {
        static const std::vector<std::string> averages = {"binary", "macro", "micro", "weighted"};
        if (!takes_average(node, "average")) {
            return;
        }
        if (node.text == "per_class") {
            refuse(node, "`average: per_class` makes a check for each class and cannot stand here");
        } else if (node.text == "binary") {
            m_metric.parameters.average = Average::binary;
        } else if (node.text == "macro") {
            m_metric.parameters.average = Average::macro;
        } else if (node.text == "micro") {
            m_metric.parameters.average = Average::micro;
        } else if (node.text == "weighted") {
            m_metric.parameters.average = Average::weighted;
        } else {
            refuse(node, "`average:` is " + support::describe_found(node) +
                             support::did_you_mean(node.text, averages) + "; wanted " +
                             support::enumerate(averages, "or"));
        }
    }

    void read_class() {
        const Node* node = m_setting.find("class");
        if (node == nullptr) {
            return;
        }
        std::string name;
        switch (node->kind) {
            case Node::Kind::text:
            case Node::Kind::number:
                name = evidence::canonical_label(node->text);
                break;
            case Node::Kind::boolean:
                name = node->boolean ? "true" : "false";
                break;
            case Node::Kind::null:
            case Node::Kind::list:
            case Node::Kind::map:
                break;
        }
        if (name.empty()) {
            refuse(*node, "`class:` is " + support::describe_found(*node) +
                              "; wanted the name of one class");
        } else if (m_setting.find("average") != nullptr) {
            refuse(*node, "`class:` and `average:` exclude each other; keep one");
        } else if (takes_average(*node, "class")) {
            m_metric.parameters.average = Average::one_class;
            m_metric.parameters.class_name = name;
        }
    }

    void read_when_undefined() {
        const Node* node = m_setting.find("when_undefined");
        if (node == nullptr) {
            return;
        }
        const Definition* definition = m_metric.definition;
        const bool applies =
            definition != nullptr && (definition->takes_when_undefined ||
                                      std::holds_alternative<CellsForm>(definition->form) ||
                                      std::holds_alternative<OutcomesForm>(definition->form));
        if (!applies) {
            if (m_name != nullptr) {
                refuse(*node, "`when_undefined:` does not apply to " + m_metric.name +
                                  "; it belongs to metrics of a confusion matrix, such as "
                                  "precision, and to ndcg and mean_average_precision");
            }
            return;
        }
        const double value = node->number.value;
        const bool good = node->kind == Node::Kind::number &&
                          node->number.kind == support::NumberKind::finite &&
                          value >= definition->lowest && value <= definition->highest;
        if (!good) {
            refuse(*node, "`when_undefined:` is " + support::describe_found(*node) +
                              "; wanted a number between " +
                              support::format_short(definition->lowest) + " and " +
                              support::format_short(definition->highest));
            return;
        }
        m_metric.parameters.when_undefined = value;
    }

    /// What depends on several keys.
    void finish() {
        if (m_metric.definition != nullptr) {
            m_metric.direction = m_metric.definition->direction;
        } else if (m_direction) {
            m_metric.direction = *m_direction;
            const std::string& stat = m_metric.statistic;
            m_metric.definition = find(stat.empty()         ? "mean"
                                       : is_statistic(stat) ? stat
                                                            : "quantile");
            m_metric.parameters.column = m_metric.name;
        } else if (m_setting.find("direction") == nullptr) {
            refuse(*m_name, "unknown metric '" + support::visible(m_metric.name) + "'" +
                                support::did_you_mean(m_metric.name, metric_names()) +
                                "; `metricgate list metrics` prints the known ones, any other "
                                "needs its direction: {name: " +
                                support::visible(m_metric.name) +
                                ", direction: higher} or lower, whichever is better");
        }
        check_reference();
        m_metric.title = title();
    }

    /// A ratio has a meaning only where ratios are averaged as such.
    void check_reference() {
        const Node* node = m_setting.find("relative_to");
        if (node == nullptr || m_metric.parameters.reference.empty()) {
            return;
        }
        if (m_metric.parameters.column.empty() || m_metric.statistic != "geometric_mean") {
            refuse(*node,
                   "`relative_to:` divides a value column by another and needs its geometric mean: "
                   "{name: COLUMN, stat: geometric_mean, relative_to: COLUMN, direction: lower}");
        } else if (m_metric.parameters.reference == m_metric.parameters.column) {
            refuse(*node, "`relative_to: " + support::visible(node->text) +
                              "` is the column itself, so every ratio would be 1");
        }
    }

    [[nodiscard]] std::string title() const {
        std::string title = m_metric.name;
        switch (m_metric.parameters.average) {
            case Average::binary:
                break;
            case Average::macro:
                title += " (macro)";
                break;
            case Average::micro:
                title += " (micro)";
                break;
            case Average::weighted:
                title += " (weighted)";
                break;
            case Average::one_class:
                title += " (class " + m_metric.parameters.class_name + ")";
                break;
        }
        title += settings_in_words(m_metric);
        if (!m_metric.statistic.empty()) {
            title += " " + m_metric.statistic;
        }
        if (!m_metric.parameters.reference.empty()) {
            title += " relative to " + m_metric.parameters.reference;
        }
        return title;
    }

    const Node& m_setting;
    const Node* m_name = nullptr;
    std::optional<Direction> m_direction;
    Metric m_metric;
    support::Diagnostics m_problems;
};

}  // namespace

support::Result<Metric> bind(const Node& setting) {
    return Binder(setting).run();
}

}  // namespace metricgate::metrics
