#include "cli/plan.h"

#include <algorithm>

#include "cli/bind_columns.h"
#include "cli/column_rules.h"
#include "cli/plan_slices.h"
#include "comparison/catalog.h"
#include "metrics/catalog.h"
#include "sources/selection.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

verdict::Level to_level(policy::Level level) {
    switch (level) {
        case policy::Level::block:
            return verdict::Level::block;
        case policy::Level::warn:
            return verdict::Level::warn;
        case policy::Level::info:
            return verdict::Level::info;
        case policy::Level::off:
            return verdict::Level::off;
    }
    return verdict::Level::block;
}

verdict::Require to_require(policy::Require require) {
    switch (require) {
        case policy::Require::nothing:
            return verdict::Require::nothing;
        case policy::Require::improvement:
            return verdict::Require::improvement;
        case policy::Require::equivalence:
            return verdict::Require::equivalence;
    }
    return verdict::Require::nothing;
}

verdict::Bound to_bound(policy::Using by) {
    switch (by) {
        case policy::Using::point:
            return verdict::Bound::point;
        case policy::Using::lower:
            return verdict::Bound::lower;
        case policy::Using::upper:
            return verdict::Bound::upper;
    }
    return verdict::Bound::point;
}

std::optional<verdict::Limit> to_limit(const std::optional<policy::Limit>& limit) {
    if (!limit) {
        return std::nullopt;
    }
    return verdict::Limit{limit->value.value, to_bound(limit->by)};
}

verdict::Rule make_rule(const policy::Check& check, const metrics::Metric& metric,
                        const std::string& input) {
    verdict::Rule rule;
    rule.id = check.id.value;
    rule.check = check.id.value;
    rule.metric = metric.title;
    rule.name = metric.name;
    rule.unit = metric.unit;
    rule.higher_is_better = metric.direction == metrics::Direction::higher_is_better;
    rule.input = input;
    rule.level = to_level(check.level);
    if (check.margin) {
        if (check.margin->absolute) {
            rule.margin.absolute = check.margin->absolute->value;
        }
        if (check.margin->relative) {
            rule.margin.relative = check.margin->relative->value;
        }
        rule.margin.need_both = check.margin->need_both;
    }
    rule.minimum = to_limit(check.minimum);
    rule.maximum = to_limit(check.maximum);
    if (check.max_gain) {
        rule.max_gain = check.max_gain->value;
    }
    rule.require = to_require(check.require);
    rule.inconclusive_blocks = check.on_inconclusive == policy::OnInconclusive::block;
    rule.no_baseline_blocks = check.on_no_baseline == policy::OnNoBaseline::block;
    rule.confidence = check.confidence;
    rule.where = check.where;
    return rule;
}

comparison::Options make_options(const policy::Policy& policy, const policy::Check& check,
                                 const policy::Input& input) {
    comparison::Options options;
    options.confidence = check.confidence;
    options.method = check.method ? check.method->value : "";
    options.seed = policy.seed;
    options.min_examples = check.min_examples;
    options.paired_runs =
        input.kind != policy::InputKind::predictions && input.pair_by != policy::PairBy::none;
    if (input.fold_test_share) {
        const double share = input.fold_test_share->value;
        options.test_train_ratio = share / (1.0 - share);
    }
    options.equivalence = check.require == policy::Require::equivalence;
    options.candidate_interval = (check.minimum && check.minimum->by != policy::Using::point) ||
                                 (check.maximum && check.maximum->by != policy::Using::point);
    return options;
}

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

bool is_margin_zero(const policy::Check& check) {
    const auto is_zero = [](const std::optional<policy::Located<double>>& part) {
        return !part || part->value == 0.0;
    };
    return check.margin && is_zero(check.margin->absolute) && is_zero(check.margin->relative);
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

void check_pair_metric(const PlannedCheck& check, Diagnostics& problems) {
    const auto* definition = check.metric.definition;
    if (definition == nullptr || !std::holds_alternative<metrics::PairForm>(definition->form)) {
        return;
    }
    if (check.rule.compares_sides()) {
        problems.push_back(
            {check.source.where, "'" + check.metric.name +
                                     "' counts over both sides at once and has no "
                                     "baseline value; use `max:` instead of a margin"});
    }
}

/// A ratio has no absolute margin; and dividing by a column takes examples.
void check_ratio(const PlannedCheck& check, const PlannedInput& input, Diagnostics& problems) {
    const bool ratio = check.metric.statistic == "geometric_mean" ||
                       (check.source.method && check.source.method->value == "log_ratio");
    if (ratio && check.source.margin && check.source.margin->absolute) {
        problems.push_back({check.source.margin->absolute->where,
                            "geometric means are compared by their ratio, so a margin is a share "
                            "of the baseline; write margin: {rel: 5%} without `abs`"});
    }
    if (!check.metric.parameters.reference.empty() &&
        input.source.kind != policy::InputKind::predictions) {
        problems.push_back({check.source.where,
                            "`relative_to:` divides column by column and needs an input of kind "
                            "predictions, one row a task"});
    }
}

/// Some metrics cannot be compared, only held against limits.
void check_comparable(const PlannedCheck& check, Diagnostics& problems) {
    const auto* definition = check.metric.definition;
    const bool compares = check.source.margin || check.source.require != policy::Require::nothing ||
                          check.source.max_gain;
    if (definition != nullptr && !definition->no_margin.empty() && compares) {
        problems.push_back({check.source.where, "'" + check.metric.name +
                                                    "' takes `min:` and `max:`, no margin: " +
                                                    std::string(definition->no_margin)});
    }
}

/// What needs both predictions of one example.
void check_different_examples(const PlannedCheck& check, const PlannedInput& input,
                              Diagnostics& problems) {
    if (input.source.pair_by != policy::PairBy::none) {
        return;
    }
    const auto* definition = check.metric.definition;
    const std::string because = ", and input '" + input.source.name + "' says `pair_by: none`";
    if (definition != nullptr && std::holds_alternative<metrics::PairForm>(definition->form)) {
        problems.push_back(
            {check.source.where,
             "'" + check.metric.name + "' compares both sides example by example" + because});
    }
    if (check.source.slices) {
        problems.push_back({check.source.slices->where,
                            "slices compare parts of paired examples" + because +
                                "; make an input a slice, with files that hold that slice alone"});
    }
}

void refuse_margin_zero(const PlannedCheck& check, const PlannedInput& input,
                        Diagnostics& problems) {
    const bool statistical = input.source.kind != policy::InputKind::metrics;
    if (statistical && is_margin_zero(check.source) &&
        check.source.require != policy::Require::improvement) {
        problems.push_back(
            {check.source.margin->where,
             "margin 0 asks for proof that nothing at all was lost, which an unchanged "
             "model passes 5 % of the time; give a margin, or `require: improvement`"});
    }
}

/// A ranking is judged whole: a candidate that leaves out a result hides what it cost.
void check_whole_queries(const PlannedCheck& check, const PlannedInput& input,
                         Diagnostics& problems) {
    const auto* definition = check.metric.definition;
    const bool by_query =
        definition != nullptr && (definition->needs & metrics::query_column) != 0U;
    const bool drops = input.source.on_missing_value == policy::OnMissingValue::drop;
    if (by_query && (input.pairing.intersect || drops)) {
        problems.push_back(
            {check.source.where,
             "'" + check.metric.name + "' ranks all results of a query, and `" +
                 (drops ? "on_missing_value: drop" : "on_partial_overlap: intersect") +
                 "` of input '" + input.source.name +
                 "' would leave some out; score every result on both sides"});
    }
}

void check_evidence_rules(const PlannedCheck& check, const PlannedInput& input,
                          Diagnostics& problems) {
    check_whole_queries(check, input, problems);
    refuse_margin_zero(check, input, problems);
    check_comparable(check, problems);
    if (input.source.kind == policy::InputKind::predictions) {
        check_pair_metric(check, problems);
        check_different_examples(check, input, problems);
        check_slices(check, input, problems);
        const std::string unsaid = metrics::unsaid_setting(check.metric);
        if (!unsaid.empty()) {
            problems.push_back({check.source.where, unsaid});
        }
        return;
    }
    if (check.source.slices) {
        problems.push_back({check.source.slices->where, "slices need predictions; input '" +
                                                            input.source.name + "' holds " +
                                                            "recorded metrics"});
    }
    if (check.per_class) {
        problems.push_back({check.source.where, "average: per_class needs predictions"});
    }
}

void plan_check(const policy::Policy& policy, const policy::Check& source,
                const CheckArguments& arguments, Plan& plan, Diagnostics& problems) {
    PlannedCheck check;
    check.source = source;
    check.input = find_input(policy, source, problems);
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
    if (source.level == policy::Level::off) {
        check.not_run = "level: off";
    } else if (!selected(arguments, source.id.value)) {
        check.not_run = "left out by --select or --ignore";
    }
    if (const auto* form = metrics::column_form(check.metric.definition)) {
        refuse_margin_zero(check, input, problems);
        check_column_rules(check, *form, input, problems);
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
    check_ratio(check, input, problems);
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

PlannedInput plan_input(const policy::Input& source, Diagnostics& problems) {
    PlannedInput input;
    input.source = source;
    input.pairing.by_position = source.pair_by == policy::PairBy::position;
    input.pairing.intersect = source.on_partial_overlap == policy::OnPartialOverlap::intersect;
    input.pairing.min_overlap = source.min_overlap ? source.min_overlap->value : 0.0;
    input.pairing.positive = source.positive ? source.positive->value : "";
    for (const auto& [role, binding] : source.columns) {
        input.one_file = input.one_file || binding.per_side;
    }
    const auto id = source.columns.find("id");
    if (id != source.columns.end() && id->second.per_side) {
        problems.push_back(
            {id->second.where, "the id is what pairs the two sides; name one column"});
    }
    const bool has_id = id != source.columns.end();
    const bool unpaired =
        source.kind == policy::InputKind::predictions && source.pair_by == policy::PairBy::none;
    if (unpaired && input.one_file) {
        problems.push_back({source.where,
                            "a column per side pairs the examples of one file; "
                            "`pair_by: none` needs a file a side"});
    }
    if (source.kind == policy::InputKind::predictions && !has_id && !input.pairing.by_position &&
        !unpaired) {
        problems.push_back(
            {source.where, "input '" + source.name +
                               "' has no `id:` column to pair the "
                               "two sides by; name one, or say `pair_by: position`"});
    }
    // Nothing but predictions is weighed or grouped: a role that nobody reads would be a promise.
    for (const char* role : {"weight", "cluster", "query", "naive_error"}) {
        const auto bound = source.columns.find(role);
        if (source.kind != policy::InputKind::predictions && bound != source.columns.end()) {
            problems.push_back({bound->second.where,
                                "`" + std::string(role) +
                                    ":` needs kind: predictions; values of other kinds are taken "
                                    "as independent and alike, so leave it out"});
        }
    }
    if (source.select.step && !sources::parse_step_rule(source.select.step->value)) {
        problems.push_back(
            {source.select.step->where, "inputs." + source.name + ".select.step: found '" +
                                            support::visible(source.select.step->value, 60) +
                                            "', wanted " + std::string(sources::step_rules)});
    }
    if (source.kind != policy::InputKind::predictions && input.one_file) {
        problems.push_back({source.where, "a column per side needs kind: predictions"});
    }
    return input;
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
