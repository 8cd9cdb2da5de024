#pragma once

#include <string>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// What is wrong with a recorded number of one side ("the candidate's value is NaN"), or nothing.
std::string scalar_problem(const evidence::Scalar& scalar, const char* side);

/// True when the number is a share of `n` examples: a metric of successes with a value in [0, 1].
bool is_proportion(const metrics::Metric& metric, const evidence::Scalar& scalar);

/// What is wrong with one side's samples, or nothing.
std::string samples_problem(const evidence::Samples& samples, const char* side);

/// True when the metric summarises samples by a quantile; else by their mean.
bool summarised_by_quantile(const metrics::Metric& metric);

/// The mean or quantile of samples.
metrics::Value summarise(const metrics::Metric& metric, const evidence::Samples& samples);

}  // namespace metricgate::comparison
