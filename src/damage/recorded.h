#pragma once

#include "evidence/metric_file.h"
#include "metrics/metric.h"

namespace metricgate::damage {

/// A recorded number made worse (or better) by `loss` in the metric's units, what is known of its
/// uncertainty unchanged. It stays within the catalog's range of the metric; a positive number of
/// a metric that the catalog does not know stays above or at 0. Numbers that are not finite stay.
evidence::Scalar moved(const metrics::Metric& metric, const evidence::Scalar& from, bool worse,
                       double loss);

/// Repeated runs made worse (or better): by a share of the way to the worst value (up to 1) where
/// the metric has a range, else scaled or shifted by multiples of their size (damage/amounts.h).
evidence::Samples moved(const metrics::Metric& metric, const evidence::Samples& from, bool worse,
                        double size);

/// Whether the sizes of `moved` runs end at 1.
bool bounded(const metrics::Metric& metric, const evidence::Samples& from);

}  // namespace metricgate::damage
