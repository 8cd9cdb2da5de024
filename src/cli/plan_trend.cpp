#include "cli/plan_trend.h"

#include <algorithm>

#include "comparison/chart_catalog.h"
#include "history/catalog.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using stats::RunRule;
using support::Diagnostics;

void add_rule(const policy::Located<std::string>& name, const policy::Chart& chart,
              std::vector<RunRule>& rules, Diagnostics& problems) {
    const comparison::ChartRule* found = comparison::find_rule(name.value);
    if (found == nullptr) {
        std::vector<std::string> names;
        for (const comparison::ChartRule& rule : comparison::chart_rules()) {
            names.emplace_back(rule.name);
        }
        problems.push_back({name.where, "unknown rule '" + support::visible(name.value, 60) + "'" +
                                            support::did_you_mean(name.value, names) +
                                            "; wanted one of " + support::enumerate(names)});
        return;
    }
    rules.insert(rules.end(), found->rules.begin(), found->rules.end());
    if (chart.sides == policy::ChartSides::both || found->rules.empty()) {
        rules.insert(rules.end(), found->on_both_sides.begin(), found->on_both_sides.end());
    }
    if (chart.sides != policy::ChartSides::both && found->rules.empty()) {
        problems.push_back({name.where, "rule '" + name.value +
                                            "' knows no better and worse, so that it never "
                                            "rings with sides: worse; say sides: both"});
    }
}

comparison::ChartType to_type(policy::ChartType type) {
    switch (type) {
        case policy::ChartType::individuals:
            return comparison::ChartType::individuals;
        case policy::ChartType::ewma:
            return comparison::ChartType::ewma;
        case policy::ChartType::cusum:
            return comparison::ChartType::cusum;
        case policy::ChartType::moving_average:
            return comparison::ChartType::moving_average;
    }
    return comparison::ChartType::individuals;
}

}  // namespace

comparison::ChartOptions chart_options(const policy::Chart& chart, Diagnostics& problems) {
    comparison::ChartOptions options = comparison::default_options(to_type(chart.type));
    const auto take = [](const auto& written, auto& target) {
        if (written) {
            target = static_cast<std::decay_t<decltype(target)>>(written->value);
        }
    };
    options.two_sided = chart.sides == policy::ChartSides::both;
    take(chart.limits_from, options.points);
    take(chart.width, options.width);
    take(chart.weight, options.weight);
    take(chart.allowance, options.allowance);
    take(chart.decision, options.decision);
    take(chart.span, options.span);
    if (chart.sigma_floor) {
        options.least_sigma = chart.sigma_floor->value;
    }
    if (!chart.rules.empty()) {
        options.rules.clear();
        for (const auto& name : chart.rules) {
            add_rule(name, chart, options.rules, problems);
        }
        std::ranges::sort(options.rules);
        options.rules.erase(std::unique(options.rules.begin(), options.rules.end()),
                            options.rules.end());
    }
    for (const policy::AcceptedStep& step : chart.accepted) {
        options.accepted.push_back({step.key.value, step.reason.value});
    }
    return options;
}

std::string anchor_name(const policy::Anchor& anchor) {
    const auto& written = anchor.revision ? anchor.revision
                          : anchor.path   ? anchor.path
                                          : anchor.key;
    return written ? written->value : "";
}

std::optional<std::size_t> history_of(const Plan& plan, const policy::Check& check,
                                      std::size_t input) {
    if (plan.inputs[input].source.kind == policy::InputKind::history) {
        return input;
    }
    if (!check.anchor || !check.anchor->history) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
        if (plan.inputs[i].source.name == check.anchor->history->value &&
            plan.inputs[i].source.kind == policy::InputKind::history) {
            return i;
        }
    }
    return std::nullopt;
}

std::size_t input_at_anchor(Plan& plan, std::size_t input, const policy::Anchor& anchor) {
    if (plan.inputs[input].source.kind == policy::InputKind::history) {
        return input;
    }
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
        const PlannedInput& each = plan.inputs[i];
        const bool same = each.anchor && each.source.name == plan.inputs[input].source.name &&
                          each.anchor->revision.has_value() == anchor.revision.has_value() &&
                          anchor_name(*each.anchor) == anchor_name(anchor);
        if (same) {
            return i;
        }
    }
    // What other checks asked of the input is no need of this one.
    PlannedInput beside = plan.inputs[input];
    beside.anchor = anchor;
    beside.used = beside.needs_baseline = beside.examples = beside.derives_classes = false;
    beside.baseline_columns.clear();
    beside.candidate_columns.clear();
    beside.roles = {};
    plan.inputs.push_back(std::move(beside));
    return plan.inputs.size() - 1;
}

policy::Check anchor_check(const policy::Check& check) {
    policy::Check beside = check;
    beside.id.value += "@anchor";
    beside.margin = check.anchor->margin;
    beside.minimum.reset();
    beside.maximum.reset();
    beside.max_gain.reset();
    beside.require = policy::Require::nothing;
    beside.chart.reset();
    beside.budget.reset();
    return beside;
}

policy::Check budget_check(const policy::Check& check) {
    policy::Check beside = anchor_check(check);
    beside.id.value = check.id.value + "@budget";
    beside.margin.reset();
    beside.slices.reset();
    beside.method.reset();
    beside.of.clear();
    beside.budget = check.budget;
    return beside;
}

bool has_own_rule(const policy::Check& check) {
    return check.margin || check.minimum || check.maximum || check.max_gain || check.chart ||
           check.require != policy::Require::nothing;
}

void check_anchor(const policy::Check& check, std::size_t index, const Plan& plan,
                  Diagnostics& problems) {
    const policy::Anchor& anchor = *check.anchor;
    const PlannedInput& input = plan.inputs[index];
    const bool of_history = input.source.kind == policy::InputKind::history;
    if (of_history && anchor.path) {
        problems.push_back({anchor.path->where,
                            "anchor.path: a history holds its anchor itself; name its point by rev "
                            "or key"});
    }
    if (!of_history && anchor.key) {
        problems.push_back(
            {anchor.key->where, "anchor.key: it names a point of a history, and input '" +
                                    input.source.name + "' is none; name a rev or a path"});
    }
    if (of_history && anchor.history) {
        problems.push_back({anchor.history->where,
                            "anchor.history: the check looks at a history already; remove it"});
        return;
    }
    if (input.one_file) {
        problems.push_back({anchor.where, "an anchor takes the place of the baseline, and input '" +
                                              input.source.name +
                                              "' holds both sides in one file"});
    }
    const auto history = history_of(plan, check, index);
    if (anchor.history && !history) {
        std::vector<std::string> names;
        for (const PlannedInput& each : plan.inputs) {
            if (each.source.kind == policy::InputKind::history) {
                names.push_back(each.source.name);
            }
        }
        problems.push_back(
            {anchor.history->where, "no input of kind history is called '" +
                                        support::visible(anchor.history->value, 60) + "'" +
                                        support::did_you_mean(anchor.history->value, names)});
    }
    if (check.budget && !history && !anchor.history) {
        problems.push_back({check.budget->where,
                            "a budget sums up a history, and the anchor names none; add history: "
                            "NAME of an input of kind history"});
    }
    if (check.budget && anchor.path) {
        problems.push_back({anchor.path->where,
                            "a budget counts from a point of the history, which a path does not "
                            "name; give the anchor by rev"});
    }
    if (!anchor.margin && !check.budget) {
        problems.push_back({anchor.where,
                            "the anchor has neither a margin nor a budget beside it, so that it "
                            "could not fail; add margin: {abs: 0.01}"});
    }
}

void bind_trend(PlannedCheck& check, Plan& plan, Diagnostics& problems) {
    const policy::Check& source = check.source;
    if (source.chart && check.aspect == Aspect::own) {
        check.rule.chart = chart_options(*source.chart, problems);
    }
    if (!source.anchor) {
        return;
    }
    if (check.aspect == Aspect::own) {
        return;
    }
    check.rule.anchor = anchor_name(*source.anchor);
    check.history = history_of(plan, source, check.input);
    if (check.aspect == Aspect::budget && source.budget) {
        verdict::Budget budget;
        if (source.budget->absolute) {
            budget.absolute = source.budget->absolute->value;
        }
        if (source.budget->relative) {
            budget.relative = source.budget->relative->value;
        }
        budget.net = source.budget->count == policy::BudgetCount::net;
        check.rule.budget = budget;
    }
    if (check.history && check.not_run.empty()) {
        plan.inputs[*check.history].used = true;
    }
}

void check_trend(const PlannedCheck& check, const PlannedInput& input, Diagnostics& problems) {
    const policy::Check& source = check.source;
    const bool of_history = input.source.kind == policy::InputKind::history;
    if (check.aspect != Aspect::own) {
        return;
    }
    if (!of_history) {
        if (source.chart) {
            problems.push_back({source.chart->where,
                                "a chart needs values over time, and input '" + input.source.name +
                                    "' holds two sides; name an input of kind history"});
        }
        return;
    }
    const bool compares =
        source.margin || source.require != policy::Require::nothing || source.max_gain;
    if (compares) {
        problems.push_back(
            {source.where, "input '" + input.source.name +
                               "' is a history and has no baseline; a check of it takes chart, "
                               "min, max, and anchor with margin or budget"});
    }
    if (check.every_metric) {
        problems.push_back({source.where,
                            "metric \"*\" needs an input of kind metrics; name the "
                            "metric that is charted"});
    }
    // Where a file holds the newest value, the window may be all of the past.
    const bool has_file =
        input.source.history->candidate || input.source.history->from.value == "git";
    if (const auto& window = input.source.history->window;
        window && check.rule.chart &&
        window->value + (has_file ? 1U : 0U) <= check.rule.chart->points) {
        problems.push_back(
            {window->where, "a window of " + std::to_string(window->value) +
                                " leaves no point to judge beside the " +
                                std::to_string(check.rule.chart->points) + " that the limits of '" +
                                support::visible(source.id.value, 60) +
                                "' rest on (limits_from); make it larger, or leave it out"});
    }
    if (source.method && source.chart) {
        problems.push_back(
            {source.method->where, "a chart's method is its type; leave `method` out"});
    }
    if (history::source_of(input.source.history->from.value) == nullptr) {
        std::vector<std::string> names;
        for (const history::Source& known : history::sources()) {
            names.emplace_back(known.name);
        }
        problems.push_back({input.source.history->from.where,
                            "unknown source of a history '" +
                                support::visible(input.source.history->from.value, 60) + "'" +
                                support::did_you_mean(input.source.history->from.value, names) +
                                "; wanted " + support::enumerate(names, "or")});
    }
}

}  // namespace metricgate::cli
