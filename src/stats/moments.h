#pragma once

#include <span>

namespace metricgate::stats {

/// Smallest and largest value and the largest magnitude, which do not depend on row order.
struct Range {
    double lowest = 0.0;
    double highest = 0.0;
    [[nodiscard]] double magnitude() const;
};
Range range_of(std::span<const double> values);

/// A power of two that brings values of that magnitude to where squares of squares neither overflow
/// nor vanish. 1 for ordinary data, so that their results are not touched at all.
double safe_scale(double magnitude);

/// Mean and sample variance (n - 1) of scale * values, by two exactly summed passes. The mean of
/// equal values is that value and their variance 0, without rounding. At least 1 value; the
/// variance of a single one is infinite.
struct Moments {
    double mean = 0.0;
    double variance = 0.0;
    double skewness = 0.0;  ///< sum u^3 / (sum u^2)^1.5 of the deviations u, 0 without variance
};
Moments moments_of(std::span<const double> values, const Range& range, double scale);

/// sum u^3 / (sum u^2)^1.5; 0 when the squares are 0 or no number.
double skewness_of(double cubes, double squares);

}  // namespace metricgate::stats
