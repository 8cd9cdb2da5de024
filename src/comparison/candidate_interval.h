#pragma once

#include <optional>

#include "comparison/comparison.h"
#include "comparison/inversion.h"

namespace metricgate::comparison {

/// An interval of the candidate's own value, for limits with `using`: Wilson for outcomes, t for
/// means, DeLong on the logit scale for AUC, order statistics for quantiles, resampling for the
/// rest. Nothing when the evidence gives none; a zero-width one is never given. Needs the
/// candidate's columns alone.
std::optional<stats::Interval> candidate_interval(const metrics::Metric& metric,
                                                  const evidence::Examples& examples,
                                                  const evidence::Rows& rows,
                                                  const Options& options);
std::optional<stats::Interval> candidate_interval(const metrics::Metric& metric,
                                                  const evidence::Scalar& scalar,
                                                  const Options& options);
std::optional<stats::Interval> candidate_interval(const metrics::Metric& metric,
                                                  const evidence::Samples& samples,
                                                  const Options& options);

/// The first of them at any confidence, computed once; nothing at a level where there is none. May
/// have no width.
IntervalAt candidate_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Options& options);

/// Why the examples give the metric no interval at all ("resampling needs ids ..."), or "".
std::string interval_obstacle(const metrics::Metric& metric, const evidence::Examples& examples);

/// The interval, unless it has no width or no finite ends: those say nothing.
std::optional<stats::Interval> usable_interval(const std::optional<stats::Interval>& interval);

}  // namespace metricgate::comparison
