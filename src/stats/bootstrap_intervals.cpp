// Intervals from replicates other than the percentile one.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/bootstrap.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/moments.h"
#include "stats/quantiles.h"

namespace metricgate::stats {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

bool all_finite(std::span<const double> values) {
    return !values.empty() &&
           std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

double mean_of(std::span<const double> values) {
    const Range range = range_of(values);
    const double scale = safe_scale(range.magnitude());
    return moments_of(values, range, scale).mean / scale;
}

// The level whose quantile of the replicates is a bound at z; outside (0, 1) there is none.
double corrected_level(double bias, double acceleration, double z) {
    const double shifted = bias + z;
    const double shrink = 1.0 - acceleration * shifted;
    return shrink > 0.0 ? normal_cdf(bias + shifted / shrink) : unknown;
}

}  // namespace

Interval basic_interval(double estimate, std::span<double> replicates, double confidence) {
    const Interval percentile = percentile_interval(replicates, confidence);
    return {2.0 * estimate - percentile.upper, 2.0 * estimate - percentile.lower, confidence};
}

Interval normal_interval(double estimate, std::span<const double> replicates, double confidence) {
    assert(confidence >= 0.5 && confidence < 1.0);
    if (replicates.size() < 2 || !all_finite(replicates)) {
        return {-unknown, unknown, confidence};
    }
    const double center = 2.0 * estimate - mean_of(replicates);
    const double reach = normal_quantile(confidence) * sample_standard_deviation(replicates);
    return {center - reach, center + reach, confidence};
}

Interval studentized_interval(double estimate, double standard_error, std::span<double> t,
                              double confidence) {
    const Interval percentile = percentile_interval(t, confidence);
    return {estimate - standard_error * percentile.upper,
            estimate - standard_error * percentile.lower, confidence};
}

double bias_correction(double estimate, std::span<const double> replicates) {
    double below = 0.0;
    for (const double value : replicates) {
        below += value < estimate ? 1.0 : (value == estimate ? 0.5 : 0.0);
    }
    const double share = below / static_cast<double>(replicates.size());
    if (!(share > 0.0)) {
        return -unknown;
    }
    return share < 1.0 ? normal_quantile(share) : unknown;
}

double acceleration(std::span<const double> leave_one_out, std::span<const std::uint64_t> counts) {
    assert(counts.empty() || counts.size() == leave_one_out.size());
    if (leave_one_out.empty()) {
        return 0.0;
    }
    const Range range = range_of(leave_one_out);
    if (range.lowest == range.highest) {
        return 0.0;
    }
    const auto count = [&](std::size_t i) {
        return counts.empty() ? 1.0 : static_cast<double>(counts[i]);
    };
    // Distances in units of the range, whose powers neither overflow nor vanish.
    const double unit = range.highest / 2.0 - range.lowest / 2.0;
    ExactSum sum;
    double all = 0.0;
    for (std::size_t i = 0; i < leave_one_out.size(); ++i) {
        sum.add(count(i) * ((leave_one_out[i] - range.lowest) / unit));
        all += count(i);
    }
    const double mean = sum.value() / all;
    ExactSum squares;
    ExactSum cubes;
    for (std::size_t i = 0; i < leave_one_out.size(); ++i) {
        const double distance = mean - (leave_one_out[i] - range.lowest) / unit;
        squares.add(count(i) * distance * distance);
        cubes.add(count(i) * distance * distance * distance);
    }
    const double square = squares.value();
    return square > 0.0 ? cubes.value() / (6.0 * square * std::sqrt(square)) : 0.0;
}

double jackknife_standard_error(std::span<const double> leave_one_out) {
    const auto n = static_cast<double>(leave_one_out.size());
    return (n - 1.0) / std::sqrt(n) * sample_standard_deviation(leave_one_out);
}

Interval bca_interval(double estimate, std::span<double> replicates, double acceleration,
                      double confidence) {
    assert(confidence >= 0.5 && confidence < 1.0);
    if (!all_finite(replicates)) {
        return {-unknown, unknown, confidence};
    }
    const double bias = bias_correction(estimate, replicates);
    const double z = normal_quantile(confidence);
    const double lower = corrected_level(bias, acceleration, -z);
    const double upper = corrected_level(bias, acceleration, z);
    if (!std::isfinite(bias) || !std::isfinite(lower) || !std::isfinite(upper)) {
        return {-unknown, unknown, confidence};
    }
    std::ranges::sort(replicates);
    return {quantile_sorted(replicates, lower), quantile_sorted(replicates, upper), confidence};
}

}  // namespace metricgate::stats
