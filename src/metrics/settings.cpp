#include "metrics/settings.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "metrics/catalog.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using support::Node;

constexpr double most_places = 1e9;
constexpr double most_bins = 100.0;
constexpr double largest_beta = 1000.0;

struct Key {
    std::string_view name;
    Setting setting;
    std::string_view wanted;
};

constexpr std::array<Key, 5> keys = {
    {{"k", setting_k, "a whole number from 1 to 1000000000"},
     {"bins", setting_bins, "a whole number from 2 to 100"},
     {"beta", setting_beta, "a number above 0, at most 1000"},
     {"quantile", setting_quantile, "a number between 0 and 1, such as 0.9"},
     {"gain", setting_gain, "`linear` or `exponential`"}}};

std::optional<double> number_of(const Node& node) {
    const bool finite =
        node.kind == Node::Kind::number && node.number.kind == support::NumberKind::finite;
    return finite ? std::optional<double>(node.number.value) : std::nullopt;
}

std::optional<std::size_t> count_of(const Node& node, double lowest, double highest) {
    const auto number = number_of(node);
    const bool good = number && *number >= lowest && *number <= highest &&
                      static_cast<double>(static_cast<std::size_t>(*number)) == *number;
    return good ? std::optional<std::size_t>(static_cast<std::size_t>(*number)) : std::nullopt;
}

/// False when the value is none that the setting takes.
bool read_value(const Node& node, Setting setting, Parameters& parameters) {
    switch (setting) {
        case setting_k: {
            const auto k = count_of(node, 1.0, most_places);
            parameters.k = k.value_or(0);
            return k.has_value();
        }
        case setting_bins: {
            const auto bins = count_of(node, 2.0, most_bins);
            parameters.bins = bins.value_or(parameters.bins);
            return bins.has_value();
        }
        case setting_beta: {
            const auto beta = number_of(node);
            const bool good = beta && *beta > 0.0 && *beta <= largest_beta;
            parameters.beta = good ? *beta : parameters.beta;
            return good;
        }
        case setting_quantile: {
            const auto quantile = number_of(node);
            const bool good = quantile && *quantile > 0.0 && *quantile < 1.0;
            parameters.quantile = good ? *quantile : parameters.quantile;
            return good;
        }
        case setting_gain:
            parameters.exponential_gain = node.text == "exponential";
            return node.kind == Node::Kind::text &&
                   (node.text == "linear" || node.text == "exponential");
    }
    return false;
}

/// The metrics that take a setting: "ndcg, mrr and precision_at_k".
std::string takers_of(Setting setting) {
    std::vector<std::string> names;
    for (const Definition& definition : catalog()) {
        if ((definition.takes & setting) != 0U) {
            names.emplace_back(definition.name);
        }
    }
    if (setting == setting_bins) {
        names.emplace_back("drift metrics such as psi");
    }
    return support::enumerate(names);
}

std::string value_in_words(const Parameters& parameters, Setting setting) {
    switch (setting) {
        case setting_k:
            return "k " + std::to_string(parameters.k);
        case setting_bins:
            return std::to_string(parameters.bins) + " bins";
        case setting_beta:
            return "beta " + support::format_short(parameters.beta);
        case setting_quantile:
            return "quantile " + support::format_short(parameters.quantile);
        case setting_gain:
            return parameters.exponential_gain ? "exponential gain" : "linear gain";
    }
    return {};
}

}  // namespace

void read_settings(const Node& map, Metric& metric, support::Diagnostics& problems) {
    for (const Key& key : keys) {
        const Node* node = map.find(key.name);
        // Column checks read their own bins.
        if (node == nullptr ||
            (key.setting == setting_bins && column_form(metric.definition) != nullptr)) {
            continue;
        }
        const bool takes =
            metric.definition != nullptr && (metric.definition->takes & key.setting) != 0U;
        if (!takes) {
            problems.push_back({node->where, "`" + std::string(key.name) + ":` does not apply to " +
                                                 support::visible(metric.name) +
                                                 "; it belongs to " + takers_of(key.setting)});
        } else if (!read_value(*node, key.setting, metric.parameters)) {
            problems.push_back({node->where, "`" + std::string(key.name) + ":` is " +
                                                 support::describe_found(*node) + "; wanted " +
                                                 std::string(key.wanted)});
        } else {
            metric.said |= key.setting;
        }
    }
}

std::string settings_in_words(const Metric& metric) {
    std::string words;
    for (const Key& key : keys) {
        if ((metric.said & key.setting) != 0U) {
            words += (words.empty() ? " (" : ", ") + value_in_words(metric.parameters, key.setting);
        }
    }
    return words.empty() ? words : words + ")";
}

std::string unsaid_setting(const Metric& metric) {
    for (const Key& key : keys) {
        const bool unsaid = metric.definition != nullptr &&
                            (metric.definition->must_say & key.setting & ~metric.said) != 0U;
        if (unsaid) {
            return metric.name + " needs `" + std::string(key.name) + ":`, " +
                   std::string(key.wanted) + "; write `metric: {name: " + metric.name + ", " +
                   std::string(key.name) + ": ...}`";
        }
    }
    return {};
}

}  // namespace metricgate::metrics
