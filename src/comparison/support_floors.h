#pragma once

#include <optional>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// The first minimum of support that the paired examples miss: rows, examples of a class for
/// metrics of ranks and tables, clusters.
std::optional<Insufficient> missing_support(const metrics::Metric& metric,
                                            const evidence::Examples& examples,
                                            const evidence::Rows& rows, const Options& options);

/// The same of a slice, where the policy's minimum counts the examples that the metric looks at
/// (for recall the positives), and a metric that compares classes needs two of them among the
/// labels. Only labels decide, which both sides share: a model cannot hide a slice this way.
std::optional<Insufficient> missing_slice_support(const metrics::Metric& metric,
                                                  const evidence::Examples& examples,
                                                  const evidence::Rows& rows,
                                                  const Options& options);

/// Fills n and its unit: the rows, or those that count for an outcomes metric.
void count_support(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, Comparison& out);

}  // namespace metricgate::comparison
