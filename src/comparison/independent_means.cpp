// Two independent estimates with standard errors: variances add, with Welch's degrees of freedom.
#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/different_examples.h"
#include "comparison/methods.h"
#include "comparison/term_means.h"
#include "metrics/evaluate.h"
#include "stats/means.h"

namespace metricgate::comparison {
namespace {

/// The mean of one side's terms or outcomes by the estimator that fits its weights and clusters.
stats::MeanEstimate mean_of(const OneSide& side, std::string& problem) {
    using evidence::Side;
    const bool outcome = metrics::is_outcome(side.metric);
    const bool plain = !is_weighted(side.examples) && !is_clustered(side.examples);
    if (!outcome && plain) {
        return term_mean(side.metric, side.examples, Side::candidate, side.rows, problem);
    }
    evidence::Rows rows = side.rows;
    std::vector<double> values;
    if (outcome) {
        rows = rows_that_count(side.metric, side.examples, side.rows);
        values = outcomes_of(side.metric, side.examples, Side::candidate, rows);
    } else {
        metrics::Terms terms = metrics::terms_of(side.metric, side.examples, Side::candidate, rows);
        problem = terms.problem;
        if (!problem.empty()) {
            return {};
        }
        values = std::move(terms.values);
    }
    const std::size_t clusters = side.examples.cluster ? side.examples.cluster->names.size() : 0;
    return mean_estimate(values, weights_of(side.examples, rows), clusters_of(side.examples, rows),
                         clusters);
}

}  // namespace

void judge_independent(const metrics::Metric& metric, const stats::MeanEstimate& baseline,
                       const stats::MeanEstimate& candidate, const Margin& margin,
                       const Options& options, Comparison& out) {
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return t_contrast(stats::independent_difference(candidate, baseline, factor),
                          metric.orientation(), options.confidence);
    };
    contrasts.baseline_standard_error = baseline.standard_error;
    fill(metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

std::string welch_applies_to_different(const OneSide& baseline, const OneSide& candidate) {
    const std::string reason = mean_t_applies(candidate.metric, candidate.examples);
    return reason.empty() ? mean_t_applies(baseline.metric, baseline.examples) : reason;
}

void run_welch_different(const OneSide& baseline, const OneSide& candidate, const Margin& margin,
                         const Options& options, Comparison& out) {
    std::string problem;
    const stats::MeanEstimate before = mean_of(baseline, problem);
    if (problem.empty()) {
        const stats::MeanEstimate now = mean_of(candidate, problem);
        if (problem.empty()) {
            judge_independent(candidate.metric, before, now, margin, options, out);
            return;
        }
    }
    out.problem = problem;
}

}  // namespace metricgate::comparison
