#include <array>

#include "policy/names_and_paths.h"
#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::array<Choice<Using>, 3> using_choices = {
    {{"point", Using::point}, {"lower", Using::lower}, {"upper", Using::upper}}};
constexpr std::array<Choice<Require>, 2> require_choices = {
    {{"improvement", Require::improvement}, {"equivalence", Require::equivalence}}};

const std::vector<std::string> keys = {"id",
                                       "metric",
                                       "input",
                                       "margin",
                                       "min",
                                       "max",
                                       "max_gain",
                                       "require",
                                       "level",
                                       "method",
                                       "slices",
                                       "when",
                                       "formerly",
                                       "of",
                                       "chart",
                                       "anchor",
                                       "budget",
                                       "confidence",
                                       "min_examples",
                                       "on_inconclusive",
                                       "on_no_baseline"};
const std::vector<std::string> limit_keys = {"value", "using"};

void read_id(const SettingsReader& settings, Check& check, Diagnostics& problems) {
    settings.require("id", "give the check a name of its own, {id: accuracy, ...}");
    if (auto id = settings.text("id")) {
        const std::string problem = name_problem(id->value);
        if (!problem.empty()) {
            problems.push_back({id->where, settings.name_of("id") + ": found '" +
                                               support::visible(id->value, 60) + "', " + problem});
        }
        check.id = std::move(*id);
    }
}

void read_metric(const SettingsReader& settings, Check& check, Diagnostics& problems) {
    const Node* metric = settings.require(
        "metric", "name one, or, to change an inherited check, use exactly its id");
    if (metric == nullptr) {
        return;
    }
    const bool name = metric->kind == Node::Kind::text && !metric->text.empty();
    const bool map = metric->kind == Node::Kind::map && !metric->members.empty();
    if (!name && !map) {
        problems.push_back(refuse(*metric, settings.name_of("metric"),
                                  "a metric's name, or a map {name: ..., direction: ...}"));
        return;
    }
    check.metric = *metric;
}

std::optional<Limit> read_limit(const SettingsReader& check, std::string_view key,
                                Diagnostics& problems) {
    const Node* node = check.find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (node->kind != Node::Kind::map) {
        const auto value = check.number(key);
        return value ? std::optional<Limit>(Limit{*value, Using::point}) : std::nullopt;
    }
    const SettingsReader settings(*node, check.name_of(key), limit_keys, problems);
    settings.require("value", "a limit is a number, or {value: 0.8, using: lower}");
    Limit limit;
    settings.choose<Using>("using", using_choices, limit.by);
    const auto value = settings.number("value");
    if (!value) {
        return std::nullopt;
    }
    limit.value = *value;
    return limit;
}

void read_limits(const SettingsReader& settings, Check& check, Diagnostics& problems) {
    check.minimum = read_limit(settings, "min", problems);
    check.maximum = read_limit(settings, "max", problems);
    const bool crossed =
        check.minimum && check.maximum && check.minimum->value.value > check.maximum->value.value;
    if (crossed) {
        problems.push_back({check.maximum->value.where,
                            settings.name_of("max") +
                                ": it is below min, so that no value could pass; swap them"});
    }
    check.max_gain = settings.number(
        "max_gain", {.lowest = 0.0, .without_lowest = true, .wanted = "a number above 0"});
}

void read_when(const SettingsReader& settings, Check& check, Diagnostics& problems) {
    const Node* when = settings.find("when");
    if (when == nullptr) {
        return;
    }
    const std::string name = settings.name_of("when");
    if (when->kind != Node::Kind::map || when->members.empty()) {
        problems.push_back(
            refuse(*when, name, "a map from metadata keys to the values they must have"));
        return;
    }
    for (const support::Member& member : when->members) {
        std::vector<std::string> allowed;
        for (auto& word :
             read_words(member.value, name + "." + support::visible(member.key, 60), problems)) {
            allowed.push_back(std::move(word.value));
        }
        check.when.emplace(
            member.key, Located<std::vector<std::string>>{std::move(allowed), member.value.where});
    }
}

/// "Must not change" needs to know by how much it may.
void refuse_equivalence_without_margin(const Check& check, const SettingsReader& settings,
                                       Diagnostics& problems) {
    const Node* require = settings.find("require");
    if (check.require == Require::equivalence && settings.find("margin") == nullptr) {
        problems.push_back(
            {require->where, settings.name_of("require") +
                                 ": found equivalence without a margin, wanted the change that is "
                                 "still no change; add one, such as margin: {abs: 0.01}"});
    }
}

/// A check that says nothing about what is good would be counted and could never be red.
void refuse_check_without_rule(const Node& node, const std::string& name, Diagnostics& problems) {
    for (const std::string_view key :
         {"margin", "min", "max", "max_gain", "require", "chart", "anchor"}) {
        if (node.find(key) != nullptr) {
            return;
        }
    }
    problems.push_back({node.where, name + ": the check cannot fail; give it margin, min, max, "
                                           "max_gain or require: improvement"});
}

/// What looks at more than the rolling baseline: chart, anchor and budget.
void read_trend(const SettingsReader& settings, Check& check, Diagnostics& problems) {
    if (const Node* chart = settings.find("chart")) {
        check.chart = read_chart(*chart, settings.name_of("chart"), problems);
    }
    if (const Node* anchor = settings.find("anchor")) {
        check.anchor = read_anchor(*anchor, settings.name_of("anchor"), problems);
    }
    const Node* budget = settings.find("budget");
    if (budget == nullptr) {
        return;
    }
    check.budget = read_budget(*budget, settings.name_of("budget"), problems);
    if (settings.find("anchor") == nullptr) {
        problems.push_back({budget->where, settings.name_of("budget") +
                                               ": it counts from an anchor, and the check has "
                                               "none; add anchor: {rev: v1.4.0}"});
    }
}

std::string name_for(const Node& node, std::size_t position) {
    const Node* id = node.kind == Node::Kind::map ? node.find("id") : nullptr;
    return id != nullptr && id->kind == Node::Kind::text && name_problem(id->text).empty()
               ? "checks." + id->text
               : "checks[" + std::to_string(position) + "]";
}

Check read_check(const Node& node, std::size_t position, const Defaults& defaults,
                 Diagnostics& problems) {
    Check check;
    check.where = node.where;
    const std::string name = name_for(node, position);
    const SettingsReader settings(node, name, keys, problems);
    if (!settings.usable()) {
        return check;
    }
    read_id(settings, check, problems);
    read_metric(settings, check, problems);
    if (auto input = settings.text("input")) {
        check.input = std::move(*input);
    }
    if (const Node* margin = settings.find("margin")) {
        check.margin = read_margin(*margin, settings.name_of("margin"), problems);
    }
    read_limits(settings, check, problems);
    settings.choose<Require>("require", require_choices, check.require);
    refuse_equivalence_without_margin(check, settings, problems);
    refuse_check_without_rule(node, name, problems);
    check.method = settings.text("method");
    if (const Node* slices = settings.find("slices")) {
        check.slices = read_slices(*slices, settings.name_of("slices"), problems);
    }
    read_when(settings, check, problems);
    for (auto& old_name : settings.words("formerly")) {
        check.formerly.push_back(std::move(old_name.value));
    }
    check.of = settings.words("of");
    read_trend(settings, check, problems);
    Defaults own = defaults;
    read_shared_settings(settings, own);
    check.level = own.level;
    check.confidence = own.confidence;
    check.min_examples = own.min_examples;
    check.on_inconclusive = own.on_inconclusive;
    check.on_no_baseline = own.on_no_baseline;
    return check;
}

}  // namespace

std::vector<Check> read_checks(std::span<const Node> nodes, const Defaults& defaults,
                               Diagnostics& problems) {
    std::vector<Check> checks;
    checks.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        checks.push_back(read_check(nodes[i], i + 1, defaults, problems));
    }
    return checks;
}

}  // namespace metricgate::policy
