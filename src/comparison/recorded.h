#pragma once

#include <optional>
#include <span>
#include <string>

#include "comparison/comparison.h"
#include "stats/means.h"

namespace metricgate::comparison {

/// What is wrong with a recorded number of one side ("the candidate's value is NaN"), or nothing.
std::string scalar_problem(const evidence::Scalar& scalar, const char* side);

/// True when the number is a share of `n` examples: a metric of successes with a value in [0, 1].
bool is_proportion(const metrics::Metric& metric, const evidence::Scalar& scalar);

/// A recorded share of fewer examples than the policy asks for. Nothing where the number was not
/// recorded, or counts something else (`n` of a latency: its runs).
std::optional<Insufficient> missing_examples(const metrics::Metric& metric,
                                             const evidence::Scalar& scalar,
                                             const Options& options);

/// What is wrong with one side's samples, or nothing.
std::string samples_problem(const evidence::Samples& samples, const char* side);

/// True when the metric summarises samples by a quantile; else by a mean.
bool summarised_by_quantile(const metrics::Metric& metric);

/// The metric with the summary that the method compares: log ratios are of geometric means, where
/// the policy does not say otherwise. A note tells.
metrics::Metric summarised_for(const metrics::Metric& metric, const Options& options,
                               Comparison& out);

/// Why a method for independent runs does not apply to folds.
inline constexpr const char* folds_text = "folds of one data set are not independent";

/// Mean of paired differences of runs, corrected where they are folds.
stats::MeanEstimate mean_of_runs(std::span<const double> differences, const Options& options);

/// n_needed of a normal interval as a number of runs: one more for t, none for folds.
void count_runs_needed(const Options& options, Comparison& out);

/// Why a side has no summary, or nothing.
std::string undefined_summary(const Comparison& out);

/// The mean, geometric mean or quantile of samples.
metrics::Value summarise(const metrics::Metric& metric, const evidence::Samples& samples);

}  // namespace metricgate::comparison
