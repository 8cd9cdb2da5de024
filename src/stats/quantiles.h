#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// Type-7 quantile (linear interpolation, the default of R and numpy) of sorted values. p in [0,
/// 1], at least one value.
double quantile_sorted(std::span<const double> sorted, double p);

/// Median distance from the median, times 1.4826: the standard deviation of normal data, whatever
/// less than half of them are. 0 when more than half are equal. At least one value.
double median_absolute_deviation(std::span<const double> sorted);

/// Order-statistic bounds of the p-quantile of sorted values; each end absent when no order
/// statistic bounds it at that confidence (needs n >= ln a / ln p for the upper end: 59 for p95 at
/// 0.95).
struct QuantileBounds {
    std::optional<double> lower;
    std::optional<double> upper;
};
QuantileBounds order_statistic_bounds(std::span<const double> sorted, double p, double confidence);

}  // namespace metricgate::stats
