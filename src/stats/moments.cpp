#include "stats/moments.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/exact_sum.h"

namespace metricgate::stats {

double Range::magnitude() const {
    return std::max(std::fabs(lowest), std::fabs(highest));
}

Range range_of(std::span<const double> values) {
    assert(!values.empty());
    const auto [lowest, highest] = std::ranges::minmax_element(values);
    return {*lowest, *highest};
}

double safe_scale(double magnitude) {
    constexpr double ordinary = 0x1p+200;
    constexpr int largest_shift = 1000;
    if (!(magnitude > 0.0) || (magnitude < ordinary && magnitude > 1.0 / ordinary)) {
        return 1.0;
    }
    int exponent = 0;
    std::frexp(magnitude, &exponent);
    return std::ldexp(1.0, std::clamp(-exponent, -largest_shift, largest_shift));
}

Moments moments_of(std::span<const double> values, const Range& range, double scale) {
    assert(!values.empty());
    const auto n = static_cast<double>(values.size());
    const double lowest = scale * range.lowest;
    const double highest = scale * range.highest;
    if (values.size() < 2) {
        return {lowest, std::numeric_limits<double>::infinity(), 0.0};
    }
    if (lowest == highest) {
        return {lowest, 0.0, 0.0};
    }
    ExactSum sum;
    for (const double value : values) {
        sum.add(scale * value);
    }
    const double mean = std::clamp(sum.value() / n, lowest, highest);
    ExactSum squares;
    ExactSum cubes;
    for (const double value : values) {
        const double deviation = scale * value - mean;
        squares.add(deviation * deviation);
        cubes.add(deviation * deviation * deviation);
    }
    return {mean, squares.value() / (n - 1.0), skewness_of(cubes.value(), squares.value())};
}

double skewness_of(double cubes, double squares) {
    const double scale = squares * std::sqrt(squares);
    const double skewness = scale > 0.0 ? cubes / scale : 0.0;
    return std::isfinite(skewness) ? skewness : 0.0;
}

}  // namespace metricgate::stats
