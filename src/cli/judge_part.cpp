#include "cli/judge_part.h"

#include "comparison/example_runs.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using comparison::Comparison;
using evidence::Examples;
using evidence::Rows;
using metrics::Metric;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

/// A slice whose labels are too few for the metric is inconclusive, with as much said as is known.
/// Where only one side has no value, its predictions are the cause, and that stays an error.
void note_thin_slice(const Metric& metric, const Examples& examples, const Rows& rows,
                     const comparison::Options& options, Comparison& compared) {
    if (metric.definition == nullptr || compared.insufficient) {
        return;
    }
    const bool no_value = !compared.baseline.defined() && !compared.candidate.defined();
    if (!compared.problem.empty() && !no_value) {
        return;
    }
    compared.insufficient = comparison::missing_slice_support(metric, examples, rows, options);
    if (compared.insufficient) {
        compared.problem.clear();
    }
}

/// All examples that a row looks at: one pair of files, or every run of both sides.
std::vector<const Examples*> read_of(const LoadedInput& loaded) {
    std::vector<const Examples*> all = {&*loaded.examples};
    for (const auto* runs : {&loaded.candidate_runs, &loaded.baseline_runs}) {
        for (const Examples& run : *runs) {
            all.push_back(&run);
        }
    }
    return all;
}

Comparison compare_sides(const Metric& metric, const LoadedInput& loaded, const Rows& rows,
                         const comparison::Margin& margin, const comparison::Options& options,
                         bool alone) {
    if (!loaded.candidate_runs.empty()) {
        return comparison::compare(metric, *loaded.examples,
                                   {loaded.baseline_runs, loaded.candidate_runs}, rows, margin,
                                   options);
    }
    return alone ? comparison::describe(metric, *loaded.examples, rows, options)
                 : comparison::compare(metric, *loaded.examples, rows, margin, options);
}

}  // namespace

UsableRows usable_rows(const Rule& rule, const Metric& metric, const PlannedInput& input,
                       const LoadedInput& loaded, const Rows& wanted) {
    const bool drop = input.source.on_missing_value == policy::OnMissingValue::drop;
    UsableRows usable;
    usable.rows = wanted;
    for (const Examples* each : read_of(loaded)) {
        if (const auto flaw = metrics::find_flaw(metric, *each, !drop)) {
            usable.refused =
                verdict::explain(rule, Status::error, metrics::describe(*flaw, "pairs"));
            return usable;
        }
        if (drop) {
            usable.rows = metrics::without_missing(metric, *each, usable.rows);
        }
    }
    const double kept = static_cast<double>(usable.rows.size());
    if (kept < input.pairing.min_overlap * static_cast<double>(wanted.size())) {
        usable.refused =
            verdict::explain(rule, Status::incomparable,
                             "only " + std::to_string(usable.rows.size()) + " of " +
                                 support::count_of(wanted.size(), "pair", "pairs") +
                                 " have a value on both sides, less than min_overlap " +
                                 support::format_short(input.pairing.min_overlap));
    }
    return usable;
}

CheckResult judge_part(const Rule& rule, const Metric& metric, const PlannedInput& input,
                       const LoadedInput& loaded, const comparison::Options& options,
                       const Rows& wanted, bool slice) {
    const Examples& examples = *loaded.examples;
    const UsableRows usable = usable_rows(rule, metric, input, loaded, wanted);
    if (usable.refused) {
        return *usable.refused;
    }
    const Rows& rows = usable.rows;
    const bool alone =
        loaded.baseline_absent || !loaded.info.pairing || loaded.info.pairing->baseline_rows == 0;
    const bool needs_both = metric.definition != nullptr &&
                            std::holds_alternative<metrics::PairForm>(metric.definition->form);
    if (needs_both && loaded.baseline_absent) {
        return verdict::explain(rule, Status::no_baseline,
                                "not compared: there is no baseline yet, and it counts over both "
                                "sides");
    }
    if (alone && !loaded.baseline_absent && rule.compares_sides()) {
        return verdict::explain(rule, Status::error, "there is no baseline to compare with");
    }
    Comparison compared = compare_sides(metric, loaded, rows, rule.margin, options, alone);
    if (slice) {
        note_thin_slice(metric, examples, rows, options, compared);
    }
    CheckResult row =
        alone ? verdict::judge_without_baseline(rule, compared) : verdict::judge(rule, compared);
    const std::size_t dropped = wanted.size() - rows.size();
    if (dropped > 0) {
        row.notes.push_back({"missing_dropped", support::count_of(dropped, "pair", "pairs") +
                                                    " without a value on both sides left out."});
        if (row.comparison) {
            row.comparison->facts.push_back({"dropped_pairs", static_cast<double>(dropped)});
        }
    }
    return row;
}

}  // namespace metricgate::cli
