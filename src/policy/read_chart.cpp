#include <algorithm>
#include <array>
#include <span>

#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::array<Choice<ChartType>, 4> types = {
    {{"individuals", ChartType::individuals},
     {"ewma", ChartType::ewma},
     {"cusum", ChartType::cusum},
     {"moving_average", ChartType::moving_average}}};
constexpr std::array<Choice<ChartSides>, 2> side_choices = {
    {{"worse", ChartSides::worse}, {"both", ChartSides::both}}};

const std::vector<std::string> keys = {"type",        "rules", "sides",   "limits_from",
                                       "sigma_floor", "width", "weight",  "allowance",
                                       "decision",    "span",  "accepted"};
const std::vector<std::string> step_keys = {"key", "reason"};

/// A setting that only some types of chart look at.
struct OwnSetting {
    std::string_view key;
    std::vector<ChartType> types;
    std::string_view of;
};

const std::vector<OwnSetting>& own_settings() {
    static const std::vector<OwnSetting> all = {
        {"rules", {ChartType::individuals}, "individuals"},
        {"width", {ChartType::ewma, ChartType::moving_average}, "ewma or moving_average"},
        {"weight", {ChartType::ewma}, "ewma"},
        {"allowance", {ChartType::cusum}, "cusum"},
        {"decision", {ChartType::cusum}, "cusum"},
        {"span", {ChartType::moving_average}, "moving_average"}};
    return all;
}

void refuse_settings_of_others(const SettingsReader& settings, ChartType type,
                               Diagnostics& problems) {
    for (const OwnSetting& own : own_settings()) {
        const Node* node = settings.find(own.key);
        if (node != nullptr && std::ranges::find(own.types, type) == own.types.end()) {
            problems.push_back({node->where, settings.name_of(own.key) +
                                                 ": it needs type: " + std::string(own.of) +
                                                 "; remove it, or change the type"});
        }
    }
}

void refuse_count(const SettingsReader& settings, std::string_view key,
                  const std::optional<Located<std::uint64_t>>& count, std::uint64_t least,
                  std::uint64_t most, Diagnostics& problems) {
    if (count && (count->value < least || count->value > most)) {
        problems.push_back({count->where, settings.name_of(key) + ": found " +
                                              std::to_string(count->value) + ", wanted " +
                                              std::to_string(least) + " to " +
                                              std::to_string(most)});
    }
}

void read_accepted(const SettingsReader& settings, Chart& chart, Diagnostics& problems) {
    const Node* list = settings.find("accepted");
    if (list == nullptr) {
        return;
    }
    const std::string name = settings.name_of("accepted");
    if (list->kind != Node::Kind::list || list->items.empty()) {
        problems.push_back(refuse(*list, name, "a list of {key: ..., reason: ...}"));
        return;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        const SettingsReader step(list->items[i], name + "[" + std::to_string(i + 1) + "]",
                                  step_keys, problems);
        if (!step.usable()) {
            continue;
        }
        step.require("key", "name the point whose new level is accepted, by its key or commit");
        step.require("reason", "say why the new level is accepted");
        auto key = step.word("key");
        auto reason = step.text("reason");
        if (key && reason) {
            chart.accepted.push_back({std::move(*key), std::move(*reason)});
        }
    }
}

}  // namespace

std::optional<Chart> read_chart(const Node& node, const std::string& name, Diagnostics& problems) {
    constexpr std::uint64_t least_points = 20;
    constexpr std::uint64_t most_points = 10'000;
    const std::size_t before = problems.size();
    const SettingsReader settings(node, name, keys, problems);
    if (!settings.usable()) {
        return std::nullopt;
    }
    Chart chart;
    chart.where = node.where;
    settings.require("type", "individuals rings on single values, cusum and ewma on slow changes");
    settings.choose<ChartType>("type", types, chart.type);
    settings.choose<ChartSides>("sides", side_choices, chart.sides);
    refuse_settings_of_others(settings, chart.type, problems);
    chart.rules = settings.words("rules");
    chart.limits_from = settings.count("limits_from");
    refuse_count(settings, "limits_from", chart.limits_from, least_points, most_points, problems);
    const auto positive = [&](std::string_view key, double most) {
        return settings.number(key, {.lowest = 0.0,
                                     .highest = most,
                                     .without_lowest = true,
                                     .wanted = "a number above 0, within reason"});
    };
    chart.sigma_floor = positive("sigma_floor", NumberRange{}.highest);
    chart.width = positive("width", 10.0);
    chart.weight = positive("weight", 1.0);
    chart.allowance = positive("allowance", 5.0);
    chart.decision = positive("decision", 50.0);
    chart.span = settings.count("span");
    refuse_count(settings, "span", chart.span, 2, 1'000, problems);
    read_accepted(settings, chart, problems);
    return problems.size() == before ? std::optional(std::move(chart)) : std::nullopt;
}

}  // namespace metricgate::policy
