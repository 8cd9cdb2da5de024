#pragma once

#include <optional>

#include "comparison/comparison.h"
#include "metrics/reduce.h"

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

/// What equal predictions lack to stand for an unchanged model. Two models that differ may agree on
/// few examples: none of n changes with probability (1 - m)^n when one in 1/m would, so that a loss
/// of the margin m is ruled out from ln(a)/ln(1 - m) examples on (299 at a margin of 0.01). Equal
/// scores, and values that are more than 0 and 1, need no number.
std::optional<Insufficient> missing_identity(const metrics::Metric& metric,
                                             const evidence::Examples& examples,
                                             const evidence::Rows& rows, double margin,
                                             const Options& options);

/// Fills n and its unit: the rows, or those that count for an outcomes metric.
void count_support(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, Comparison& out);

/// Why what the examples were reduced to cannot be judged, or "": a value that the policy gives to
/// every query is no evidence.
std::string problem_of(const metrics::Reduced& reduced);

/// Counts what the examples were reduced to in its own unit, and the examples of the rarest class
/// where every class needs some.
void count_reduced(const metrics::Reduced& reduced, const Options& options, Comparison& out);

/// Note `metric_caution`: what a reader of the metric must know whatever the evidence.
void note_caution(const metrics::Metric& metric, Comparison& out);

}  // namespace metricgate::comparison
