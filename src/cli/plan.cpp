#include "cli/plan.h"

#include <algorithm>

#include "cli/bind_columns.h"
#include "cli/column_rules.h"
#include "cli/evidence_rules.h"
#include "cli/plan_input.h"
#include "cli/plan_rule.h"
#include "cli/plan_trend.h"
#include "comparison/catalog.h"
#include "metrics/catalog.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

/// Takes `average: per_class` out of a metric setting: it asks for rows, not for another number.
bool take_per_class(support::Node& metric) {
    const auto found = std::find_if(
        metric.members.begin(), metric.members.end(), [](const support::Member& member) {
            return member.key == "average" && member.value.text == "per_class";
        });
    if (found == metric.members.end()) {
        return false;
    }
    // Any class will do to bind the metric; evaluation sets each in turn.
    found->key = "class";
    found->value.text = "per_class";
    return true;
}

bool selected(const CheckArguments& arguments, const std::string& id) {
    const auto matches = [&](const std::string& glob) { return support::matches_glob(glob, id); };
    const bool wanted = arguments.select.empty() ||
                        std::any_of(arguments.select.begin(), arguments.select.end(), matches);
    return wanted && std::none_of(arguments.ignore.begin(), arguments.ignore.end(), matches);
}

/// A glob that matches no check is a typo that would silently gate nothing.
void check_selectors(const policy::Policy& policy, const CheckArguments& arguments,
                     Diagnostics& problems) {
    std::vector<std::string> ids;
    for (const policy::Check& check : policy.checks) {
        ids.push_back(check.id.value);
    }
    const auto test = [&](const std::vector<std::string>& globs, const std::string& option) {
        for (const std::string& glob : globs) {
            const bool any = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
                return support::matches_glob(glob, id);
            });
            if (!any) {
                problems.push_back(
                    {support::in_file("command line"), option + " '" + glob + "' matches no check" +
                                                           support::did_you_mean(glob, ids)});
            }
        }
    };
    test(arguments.select, "--select");
    test(arguments.ignore, "--ignore");
}

std::size_t find_input(const policy::Policy& policy, const policy::Check& check,
                       Diagnostics& problems) {
    if (check.input.value.empty()) {
        if (policy.inputs.size() != 1) {
            problems.push_back({check.where, "check '" + check.id.value +
                                                 "' does not say which of the " +
                                                 std::to_string(policy.inputs.size()) +
                                                 " inputs it looks at; add `input: NAME`"});
        }
        return 0;
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < policy.inputs.size(); ++i) {
        if (policy.inputs[i].name == check.input.value) {
            return i;
        }
        names.push_back(policy.inputs[i].name);
    }
    problems.push_back({check.input.where, "unknown input '" + check.input.value + "'" +
                                               support::did_you_mean(check.input.value, names)});
    return 0;
}

void check_method(const policy::Check& check, Diagnostics& problems) {
    if (!check.method || comparison::find(check.method->value) != nullptr) {
        return;
    }
    std::vector<std::string> names;
    for (const comparison::Method& method : comparison::catalog()) {
        names.emplace_back(method.name);
    }
    problems.push_back(
        {check.method->where, "unknown method '" + check.method->value + "'" +
                                  support::did_you_mean(check.method->value, names)});
}

/// Plans one aspect of a check on the input of this index. `not_run`: why its rows are left out.
void plan_aspect(const policy::Policy& policy, const policy::Check& source, Aspect aspect,
                 std::size_t input_index, const std::string& not_run, Plan& plan,
                 Diagnostics& problems) {
    PlannedCheck check;
    check.source = source;
    check.aspect = aspect;
    check.input = input_index;
    check.every_metric =
        source.metric.kind == support::Node::Kind::text && source.metric.text == "*";
    check.per_class = take_per_class(check.source.metric);
    if (!check.every_metric) {
        auto metric = metrics::bind(check.source.metric);
        if (!metric) {
            problems.insert(problems.end(), metric.problems().begin(), metric.problems().end());
            return;
        }
        check.metric = std::move(*metric);
        if (check.per_class) {
            check.metric.title = check.metric.name + " (per class)";
        }
    } else {
        check.metric.name = check.metric.title = "*";
    }
    check_method(source, problems);
    if (plan.inputs.empty()) {
        return;
    }
    PlannedInput& input = plan.inputs[check.input];
    check.rule = make_rule(source, check.metric, input.source.name);
    check.options = make_options(policy, source, input.source);
    check.not_run = not_run;
    bind_trend(check, plan, problems);
    if (const auto* form = metrics::column_form(check.metric.definition)) {
        refuse_margin_zero(check, input, problems);
        check_column_rules(check, *form, input, problems);
        check_trend(check, input, problems);
        if (check.not_run.empty()) {
            input.used = true;
            input.needs_baseline = input.needs_baseline || check.rule.compares_sides() ||
                                   form->needs_baseline(check.metric.parameters.of_column);
        }
        plan.checks.push_back(std::move(check));
        return;
    }
    refuse_columns(check, problems);
    check_evidence_rules(check, input, problems);
    if (check.not_run.empty()) {
        input.used = true;
        input.examples = true;
        const bool pairs = check.metric.definition != nullptr &&
                           std::holds_alternative<metrics::PairForm>(check.metric.definition->form);
        input.needs_baseline = input.needs_baseline || check.rule.compares_sides() || pairs;
        if (input.source.kind == policy::InputKind::predictions && !check.every_metric) {
            bind_columns(check, input, problems);
        }
    }
    if (check.every_metric && input.source.kind != policy::InputKind::metrics) {
        problems.push_back({source.where,
                            "metric \"*\" stands for every recorded metric and needs an "
                            "input of kind metrics"});
    }
    plan.checks.push_back(std::move(check));
}

/// The budget that was planned last ends at the candidate of the check's own input.
void end_at_candidate(const policy::Check& source, std::size_t input, Plan& plan,
                      Diagnostics& problems) {
    PlannedCheck& budget = plan.checks.back();
    budget.own_input = input;
    PlannedInput& own = plan.inputs[input];
    if (budget.not_run.empty()) {
        own.used = true;
        own.examples = true;
    }
    if (source.slices) {
        problems.push_back({source.budget->where,
                            "a budget is for all examples, and this check has slices; give it a "
                            "check of its own"});
    }
    const bool judged = has_own_rule(source) || source.anchor->margin;
    if (own.source.kind == policy::InputKind::predictions && !judged) {
        problems.push_back({source.budget->where,
                            "a budget alone does not evaluate predictions; give the check a "
                            "margin, min or max, or its anchor a margin"});
    }
}

void plan_check(const policy::Policy& policy, const policy::Check& source,
                const CheckArguments& arguments, Plan& plan, Diagnostics& problems) {
    const std::size_t input = find_input(policy, source, problems);
    const std::string not_run = source.level == policy::Level::off ? "level: off"
                                : !selected(arguments, source.id.value)
                                    ? "left out by --select or --ignore"
                                    : "";
    const std::size_t before = problems.size();
    if (!source.anchor || has_own_rule(source)) {
        plan_aspect(policy, source, Aspect::own, input, not_run, plan, problems);
    }
    if (plan.inputs.empty() || !source.anchor) {
        return;
    }
    check_anchor(source, input, plan, problems);
    if (problems.size() != before) {
        return;  // said once
    }
    if (source.anchor->margin) {
        const std::size_t beside = input_at_anchor(plan, input, *source.anchor);
        plan_aspect(policy, anchor_check(source), Aspect::anchor, beside, not_run, plan, problems);
    }
    if (source.budget) {
        const auto history = history_of(plan, source, input);
        const std::size_t planned = plan.checks.size();
        plan_aspect(policy, budget_check(source), Aspect::budget, history.value_or(input), not_run,
                    plan, problems);
        if (plan.checks.size() > planned && history && *history != input) {
            end_at_candidate(source, input, plan, problems);
        }
    }
}

/// Only the plan knows which checks have a row a class.
void check_waived_classes(const policy::Policy& policy, const Plan& plan, Diagnostics& problems) {
    for (const policy::Waiver& waiver : policy.waivers) {
        const auto one = waiver.slice.find("class");
        if (one == waiver.slice.end()) {
            continue;
        }
        const auto own = std::ranges::find_if(plan.checks, [&](const PlannedCheck& check) {
            return check.source.id.value == waiver.check.value;
        });
        const bool has_classes =
            own == plan.checks.end() || own->per_class ||
            (own->source.slices &&
             std::ranges::any_of(own->source.slices->by,
                                 [](const auto& column) { return column.value == "class"; }));
        if (!has_classes) {
            problems.push_back(
                {one->second.where, "waivers: check '" + support::visible(waiver.check.value, 60) +
                                        "' has no rows by class; leave the slice out, or say "
                                        "`average: per_class` in the check"});
        }
    }
}

}  // namespace

support::Result<Plan> make_plan(const policy::Policy& policy, const CheckArguments& arguments) {
    Diagnostics problems;
    Plan plan;
    for (const policy::Input& input : policy.inputs) {
        plan.inputs.push_back(plan_input(input, problems));
    }
    if (plan.inputs.empty()) {
        problems.push_back(
            {support::in_file(policy.source),
             "the policy names no input; add `inputs: {NAME: {kind: ..., path: ...}}`"});
    }
    check_selectors(policy, arguments, problems);
    for (const policy::Check& check : policy.checks) {
        plan_check(policy, check, arguments, plan, problems);
    }
    check_waived_classes(policy, plan, problems);
    const bool any_runs =
        std::any_of(plan.checks.begin(), plan.checks.end(),
                    [](const PlannedCheck& check) { return check.not_run.empty(); });
    if (problems.empty() && !any_runs) {
        problems.push_back(
            {support::in_file(policy.source), "no check is left to run: all are off or left out"});
    }
    if (!problems.empty()) {
        return problems;
    }
    for (PlannedInput& input : plan.inputs) {
        request_columns(input);
    }
    return plan;
}

}  // namespace metricgate::cli
