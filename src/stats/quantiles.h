#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// Type-7 quantile (linear interpolation, the default of R and numpy) of sorted values. p in [0,
/// 1], at least one value.
double quantile_sorted(std::span<const double> sorted, double p);

/// Order-statistic bounds of the p-quantile of sorted values; each end absent when no order
/// statistic bounds it at that confidence (needs n >= ln a / ln p for the upper end: 59 for p95 at
/// 0.95).
struct QuantileBounds {
    std::optional<double> lower;
    std::optional<double> upper;
};
QuantileBounds order_statistic_bounds(std::span<const double> sorted, double p, double confidence);

}  // namespace metricgate::stats
