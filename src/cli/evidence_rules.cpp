#include "cli/evidence_rules.h"

#include "cli/plan_slices.h"
#include "cli/plan_trend.h"
#include "metrics/catalog.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

bool is_margin_zero(const policy::Check& check) {
    const auto is_zero = [](const std::optional<policy::Located<double>>& part) {
        return !part || part->value == 0.0;
    };
    return check.margin && is_zero(check.margin->absolute) && is_zero(check.margin->relative);
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

void check_prediction_rules(const PlannedCheck& check, const PlannedInput& input,
                            Diagnostics& problems) {
    check_pair_metric(check, problems);
    check_different_examples(check, input, problems);
    check_slices(check, input, problems);
    const std::string unsaid = metrics::unsaid_setting(check.metric);
    if (!unsaid.empty()) {
        problems.push_back({check.source.where, unsaid});
    }
}

void check_recorded_rules(const PlannedCheck& check, const PlannedInput& input,
                          Diagnostics& problems) {
    if (check.source.slices) {
        problems.push_back({check.source.slices->where, "slices need predictions; input '" +
                                                            input.source.name + "' holds " +
                                                            "recorded metrics"});
    }
    if (check.per_class) {
        problems.push_back({check.source.where, "average: per_class needs predictions"});
    }
}

}  // namespace

void refuse_margin_zero(const PlannedCheck& check, const PlannedInput& input,
                        Diagnostics& problems) {
    const bool statistical = input.source.kind != policy::InputKind::metrics &&
                             input.source.kind != policy::InputKind::history;
    if (statistical && is_margin_zero(check.source) &&
        check.source.require != policy::Require::improvement) {
        problems.push_back(
            {check.source.margin->where,
             "margin 0 asks for proof that nothing at all was lost, which an unchanged "
             "model passes 5 % of the time; give a margin, or `require: improvement`"});
    }
}

void check_evidence_rules(const PlannedCheck& check, const PlannedInput& input,
                          Diagnostics& problems) {
    check_whole_queries(check, input, problems);
    refuse_margin_zero(check, input, problems);
    check_comparable(check, problems);
    check_trend(check, input, problems);
    if (input.source.kind == policy::InputKind::predictions) {
        check_prediction_rules(check, input, problems);
    } else {
        check_recorded_rules(check, input, problems);
    }
    check_ratio(check, input, problems);
}

}  // namespace metricgate::cli
