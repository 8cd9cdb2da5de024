// Means over different examples: variances add, with Welch's degrees of freedom, widened where
// the values are skewed.
#include <algorithm>
#include <string>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/different_examples.h"
#include "comparison/methods.h"
#include "comparison/skewness_floor.h"
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

/// What counts as one independent unit: the examples that count, or their clusters.
std::size_t units_of(const OneSide& side) {
    const evidence::Rows rows = metrics::is_outcome(side.metric)
                                    ? rows_that_count(side.metric, side.examples, side.rows)
                                    : side.rows;
    return is_clustered(side.examples) ? occupied_clusters(side.examples, rows) : rows.size();
}

}  // namespace

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
            const std::size_t units = std::min(units_of(baseline), units_of(candidate));
            const char* unit = is_clustered(candidate.examples) ? "clusters" : "examples";
            SkewnessFloor floor(units, unit + std::string(" per side"),
                                candidate.metric.orientation());
            Contrasts contrasts;
            contrasts.at = [&](double factor) {
                const auto difference = stats::independent_difference(now, before, factor);
                return skewed_t_contrast(floor.watch(difference), candidate.metric.orientation(),
                                         options.confidence);
            };
            contrasts.baseline_standard_error = before.standard_error;
            if (!(before.standard_error > 0.0) || !(now.standard_error > 0.0)) {
                mark_degenerate(out,
                                "All examples of one side have the same value; without variation "
                                "the data say nothing about uncertainty.");
            }
            fill(candidate.metric, margin, options, contrasts, out);
            floor.apply(out);
            if (out.standard_error) {
                fill_power(options, *out.standard_error, out);
            }
            return;
        }
    }
    out.problem = problem;
}

}  // namespace metricgate::comparison
