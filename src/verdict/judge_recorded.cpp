// Two recorded sides of one metric: which forms are compared how, and which not at all.
#include "verdict/judge_recorded.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "comparison/recorded.h"
#include "comparison/rounding.h"
#include "verdict/claim_model.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;
using evidence::Samples;
using evidence::Scalar;
using metrics::Metric;

/// One number that a file records and one that its copy does.
void tell_identical(Comparison& compared) {
    if (compared.delta == 0.0 && !compared.insufficient) {
        compared.identical = true;
        compared.notes.push_back({"identical", "Both sides hold the same evidence."});
    }
}

bool fails(const CheckResult& row) {
    constexpr std::array failing = {Status::regressed, Status::violated, Status::error};
    return std::ranges::find(failing, row.status) != failing.end();
}

/// The row by what both sides state, where it fails; else the row by all that the candidate states.
CheckResult stricter(const Rule& rule, const Comparison& by_both, const Comparison& by_all,
                     const std::string& note) {
    CheckResult row = judge(rule, by_all);
    CheckResult plain = judge(rule, by_both);
    // A claim by an interval may still be taken back for the number of checks, one by a tolerance
    // is not.
    const bool same = fails(row) && by_both.method == by_all.method;
    if (!fails(plain) || same) {
        return row;
    }
    plain.notes.push_back({"judged_by_what_both_state", note});
    return plain;
}

/// Two bare numbers by the margin alone: what both state where the other form decides nothing or is
/// the candidate's own word.
Comparison by_margin(const Rule& rule, const Metric& metric, const Comparison& compared,
                     const comparison::Options& options) {
    Scalar baseline;
    Scalar candidate;
    for (const auto& [bare, value] :
         {std::pair(&baseline, &compared.baseline), std::pair(&candidate, &compared.candidate)}) {
        bare->value.kind = support::NumberKind::finite;
        bare->value.value = value->number();
    }
    comparison::Options tolerant = options;
    tolerant.method = "tolerance";
    Comparison by_both = comparison::compare(metric, baseline, candidate, rule.margin, tolerant);
    by_both.candidate_interval = compared.candidate_interval;
    return by_both;
}

/// Whether runs and how they spread answer at all.
bool decides(const Comparison& compared) {
    return !compared.insufficient && !compared.degenerate;
}

/// That no run of either side differs from the others; empty where some does.
std::string constant_sides(const evidence::PairedSamples& runs) {
    const auto is_constant = [](const Samples& side) {
        const auto [low, high] = std::ranges::minmax(side.values);
        return comparison::is_one_number(low, high, high);
    };
    return is_constant(runs.baseline) && is_constant(runs.candidate)
               ? "The runs of each side are all equal"
               : "";
}

/// That all pairs differ by the same; empty where some does not.
std::string constant_pairs(const evidence::PairedSamples& runs) {
    const auto& before = runs.baseline.values;
    const auto& now = runs.candidate.values;
    double low = now[0] - before[0];
    double high = low;
    double scale = 0.0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        low = std::min(low, now[i] - before[i]);
        high = std::max(high, now[i] - before[i]);
        scale = std::max({scale, std::abs(now[i]), std::abs(before[i])});
    }
    return comparison::is_one_number(low, high, scale) ? "All pairs of runs differ by the same"
                                                       : "";
}

/// Repeated runs on both sides, joined where the policy pairs them.
CheckResult judge_runs(const Rule& rule, const Metric& metric, const Samples& baseline,
                       const Samples& candidate,
                       const std::optional<evidence::PairedSamples>& joined,
                       const comparison::Options& options) {
    if (options.paired_runs && !joined) {
        return explain(rule, Status::error, "the policy pairs runs, and they were not joined");
    }
    const evidence::PairedSamples runs =
        joined.value_or(evidence::PairedSamples{baseline, candidate, "", ""});
    if (!runs.incomparable.empty()) {
        return explain(rule, Status::incomparable, runs.incomparable);
    }
    const Comparison compared =
        comparison::compare(metric, runs.baseline, runs.candidate, rule.margin, options);
    if (const std::string few = too_few_runs(baseline, candidate, compared); !few.empty()) {
        return explain(rule, Status::incomparable, few);
    }
    std::string constant;
    if (compared.delta && !compared.insufficient) {
        constant = options.paired_runs ? constant_pairs(runs) : constant_sides(runs);
    }
    CheckResult row = !constant.empty()
                          ? stricter(rule, by_margin(rule, metric, compared, options), compared,
                                     constant +
                                         ", which says nothing of noise, so that their "
                                         "means are held against the margin.")
                          : judge(rule, compared);
    if (!runs.left_out.empty()) {
        row.notes.push_back({"runs_left_out", runs.left_out});
    }
    return row;
}

/// Two numbers, of which the candidate may state more than the baseline.
CheckResult judge_numbers(const Rule& rule, const Metric& metric, const Scalar& baseline,
                          const Scalar& candidate, const RecordedPair& pair,
                          const comparison::Options& options) {
    Comparison compared = comparison::compare(metric, baseline, candidate, rule.margin, options);
    if (!compared.problem.empty()) {
        return judge(rule, compared);
    }
    if (pair.copies) {
        tell_identical(compared);
    }
    std::string other =
        not_measured_alike(rule, metric, baseline, candidate, compared.method, options);
    if (other.empty()) {
        other = too_few_examples(rule, metric, baseline, candidate, compared, options);
    }
    if (!other.empty()) {
        return explain(rule, Status::incomparable, other);
    }
    const std::optional<Scalar> alike = stated_by_both(baseline, candidate);
    if (!alike) {
        return judge(rule, compared);
    }
    Comparison by_both = comparison::compare(metric, baseline, *alike, rule.margin, options);
    // By what only the candidate states just where both state nothing that an interval rests on.
    if (!by_both.candidate_interval) {
        by_both.candidate_interval = compared.candidate_interval;
    }
    return stricter(rule, by_both, compared,
                    "The baseline does not state all that the candidate does, so that only what "
                    "both state is compared.");
}

/// A number against the candidate's runs. Their spread is the candidate's own word: it may keep a
/// mean within the margin from passing, but excuses none beyond it, unless the policy asks for it
/// by name.
CheckResult judge_number_against_runs(const Rule& rule, const Metric& metric,
                                      const Scalar& baseline, const Samples& candidate,
                                      const comparison::Options& options) {
    // A method that does not apply is an error, which no waiver covers, so that it is told first.
    Comparison by_runs = comparison::compare(metric, baseline, candidate, rule.margin, options);
    if (!by_runs.problem.empty()) {
        return judge(rule, by_runs);
    }
    if (const std::string other = not_measured_alike(rule, metric, baseline); !other.empty()) {
        return explain(rule, Status::incomparable, other);
    }
    // A policy that names the method gets it.
    if (options.method == by_runs.method && decides(by_runs)) {
        return judge(rule, by_runs);
    }
    if (rule.compares_sides()) {
        by_runs.notes.push_back({mean_against_margin,
                                 "The baseline is a bare number, so that the mean of the runs is "
                                 "judged by itself, too, however wide they spread."});
    }
    return stricter(rule, by_margin(rule, metric, by_runs, options), by_runs,
                    "The baseline is a bare number, so that the spread of the candidate's runs "
                    "excuses no loss: their mean is held against the margin.");
}

/// The candidate's number against the baseline's runs, which say what one run is worth.
CheckResult judge_runs_against_number(const Rule& rule, const Metric& metric,
                                      const Samples& baseline, const Scalar& candidate,
                                      const comparison::Options& options) {
    const Comparison by_runs =
        comparison::compare(metric, baseline, candidate, rule.margin, options);
    if (!by_runs.problem.empty()) {
        return judge(rule, by_runs);
    }
    Comparison by_all = by_runs;
    if (!by_all.insufficient) {
        by_all.insufficient = comparison::missing_examples(metric, candidate, options);
    }
    if (!decides(by_runs)) {
        return stricter(rule, by_margin(rule, metric, by_runs, options), by_all,
                        "The baseline's runs do not say how one more would vary, so that the "
                        "number is held against the margin.");
    }
    return stricter(rule, by_runs, by_all,
                    "The baseline does not state the n that the candidate does, so that few "
                    "examples excuse no loss.");
}

}  // namespace

CheckResult judge_recorded(const Rule& rule, const Metric& metric, const RecordedEvidence& baseline,
                           const RecordedEvidence& candidate, const RecordedPair& pair,
                           const comparison::Options& options) {
    const auto* runs_b = std::get_if<Samples>(&baseline);
    const auto* runs_c = std::get_if<Samples>(&candidate);
    if (runs_b != nullptr && runs_c != nullptr) {
        return judge_runs(rule, metric, *runs_b, *runs_c, pair.runs, options);
    }
    if (runs_b != nullptr) {
        return judge_runs_against_number(rule, metric, *runs_b, std::get<Scalar>(candidate),
                                         options);
    }
    if (runs_c != nullptr) {
        return judge_number_against_runs(rule, metric, std::get<Scalar>(baseline), *runs_c,
                                         options);
    }
    if (options.paired_runs) {
        return explain(rule, Status::incomparable,
                       "the policy pairs runs, and both sides record a single value; "
                       "record every run, or leave `pair_by` out");
    }
    return judge_numbers(rule, metric, std::get<Scalar>(baseline), std::get<Scalar>(candidate),
                         pair, options);
}

}  // namespace metricgate::verdict
