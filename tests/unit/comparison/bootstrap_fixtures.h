#pragma once

#include <cmath>

#include "comparison/leave_one_out.h"
#include "comparison/resample.h"
#include "stats/bootstrap.h"
#include "stats/skewness.h"
#include "unit/comparison/fixtures.h"

namespace metricgate::test {

/// Regression with skewed errors: the candidate's are somewhat larger. In another order
/// of rows, if one is given.
inline evidence::Examples skewed_examples(std::size_t count,
                                          const std::vector<std::size_t>& order = {}) {
    stats::Stream stream(11);
    std::vector<double> targets;
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (std::size_t i = 0; i < count; ++i) {
        const double target = 10.0 * stream.uniform();
        const double error = -std::log(stream.uniform());
        const double other = -std::log(stream.uniform());
        targets.push_back(target);
        baseline.push_back(target + 0.7 * error + 0.3 * other);
        candidate.push_back(target + 1.15 * (0.8 * error + 0.2 * stream.uniform()));
    }
    std::vector<std::string> ids = numbered_ids(count);
    if (!order.empty()) {
        targets = permuted(targets, order);
        baseline = permuted(baseline, order);
        candidate = permuted(candidate, order);
        ids = permuted(ids, order);
    }
    return ExamplesBuilder()
        .targets(targets)
        .predicted_numbers(baseline, candidate)
        .ids(ids)
        .build();
}

/// A value column with the ids that resampling needs.
inline evidence::Examples named_values(std::vector<double> baseline,
                                       std::vector<double> candidate) {
    const std::size_t count = baseline.size();
    return ExamplesBuilder()
        .values("latency_ms", std::move(baseline), std::move(candidate))
        .ids(numbered_ids(count))
        .build();
}

inline Comparison skewed(const std::string& method, const std::string& metric, std::size_t count,
                         double confidence = 0.95) {
    const evidence::Examples examples = skewed_examples(count);
    Options options;
    options.method = method;
    options.confidence = confidence;
    return compare_all(metric_for(metric, examples), examples, absolute(5.0), options);
}

/// The changes in the same first 1000 resamples, which every bootstrap method draws.
inline std::vector<double> resampled_changes(const evidence::Examples& examples,
                                             const metrics::Metric& metric) {
    const auto resampling =
        comparison::resample(metric, examples, evidence::Rows::all(examples.rows), Options{}.seed);
    REQUIRE(resampling.problem.empty());
    comparison::Replicates drawn;
    resampling.draw(0, 1000, drawn);
    std::vector<double> changes;
    for (std::size_t r = 0; r < drawn.baseline.size(); ++r) {
        changes.push_back(metric.orientation() * (drawn.candidate[r] - drawn.baseline[r]));
    }
    return changes;
}

/// The confidence whose percentiles the methods take for 0.95, because examples are few.
inline double expanded(const evidence::Examples& examples) {
    const auto n = static_cast<double>(examples.rows);
    return stats::expanded_confidence(0.95, {n - 1.0, std::sqrt(n / (n - 1.0))});
}

/// The plain percentile interval of those resamples.
inline stats::Interval percentiles(const evidence::Examples& examples,
                                   const metrics::Metric& metric, double confidence = 0.95) {
    std::vector<double> changes = resampled_changes(examples, metric);
    return stats::percentile_interval(changes, confidence);
}

/// What no bootstrap of a function of means is narrower than: the jackknife's standard error with
/// Student's t and Hall's correction for the skewness.
inline stats::Interval jackknife(const evidence::Examples& examples, const metrics::Metric& metric,
                                 double delta) {
    const auto left_out =
        comparison::leave_one_out(metric, examples, evidence::Rows::all(examples.rows));
    REQUIRE(left_out.problem.empty());
    const auto n = static_cast<double>(examples.rows);
    std::vector<double> influence;
    for (std::size_t i = 0; i < left_out.baseline.size(); ++i) {
        const double without =
            metric.orientation() * (left_out.candidate[i] - left_out.baseline[i]);
        influence.push_back((n - 1.0) * (delta - without));
    }
    const stats::MeanEstimate spread = stats::paired_mean(influence);
    return stats::skew_widened_interval({delta, spread.standard_error, n - 1.0, spread.skewness},
                                        0.95);
}

}  // namespace metricgate::test
