#pragma once

#include <optional>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// An interval of the candidate's own value, for limits with `using`: Wilson for outcomes, t for
/// means, DeLong for AUC, order statistics for quantiles, resampling for the rest. Nothing when the
/// evidence gives none; a zero-width one is never given. Needs the candidate's columns alone.
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

}  // namespace metricgate::comparison
