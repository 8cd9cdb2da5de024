#include "stats/means.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/moments.h"

namespace metricgate::stats {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

}  // namespace

Interval MeanEstimate::interval(double confidence) const {
    assert(confidence >= 0.5 && confidence < 1.0);
    if (!std::isfinite(standard_error) || !(degrees_of_freedom > 0.0)) {
        return {-unknown, unknown, confidence};
    }
    const double half = student_t_quantile(confidence, degrees_of_freedom) * standard_error;
    return {mean - half, mean + half, confidence};
}

double MeanEstimate::p_not_negative() const {
    if (standard_error == 0.0) {
        return mean >= 0.0 ? 1.0 : 0.0;
    }
    // Without degrees of freedom there is no distribution to claim anything by.
    if (!std::isfinite(standard_error) || !(degrees_of_freedom > 0.0)) {
        return 1.0;
    }
    return student_t_cdf(mean / standard_error, degrees_of_freedom);
}

double MeanEstimate::p_not_equivalent(double margin) const {
    assert(margin > 0.0);
    if (standard_error == 0.0) {
        return std::fabs(mean) < margin ? 0.0 : 1.0;
    }
    if (!std::isfinite(standard_error) || !(degrees_of_freedom > 0.0)) {
        return 1.0;
    }
    return student_t_cdf((std::fabs(mean) - margin) / standard_error, degrees_of_freedom);
}

MeanEstimate paired_mean(std::span<const double> differences) {
    assert(!differences.empty());
    if (differences.empty()) {
        return {0.0, unknown, 0.0};
    }
    const Range range = range_of(differences);
    const double scale = safe_scale(range.magnitude());
    const Moments moments = moments_of(differences, range, scale);
    const auto n = static_cast<double>(differences.size());
    return {moments.mean / scale, std::sqrt(moments.variance / n) / scale, n - 1.0,
            moments.skewness};
}

MeanEstimate weighted_mean(std::span<const double> differences, std::span<const double> weights) {
    assert(differences.size() == weights.size());
    const std::size_t size = std::min(differences.size(), weights.size());
    Range range{unknown, -unknown};
    double heaviest = 0.0;
    std::size_t counted = 0;
    for (std::size_t i = 0; i < size; ++i) {
        assert(std::isfinite(weights[i]) && weights[i] >= 0.0);
        if (weights[i] > 0.0) {
            range.lowest = std::min(range.lowest, differences[i]);
            range.highest = std::max(range.highest, differences[i]);
            heaviest = std::max(heaviest, weights[i]);
            ++counted;
        }
    }
    if (counted == 0) {
        return {0.0, unknown, 0.0};
    }
    const auto n = static_cast<double>(counted);
    if (counted < 2 || range.lowest == range.highest) {
        return {range.lowest, counted < 2 ? unknown : 0.0, n - 1.0};
    }
    const double scale = safe_scale(range.magnitude());
    const double weight_scale = safe_scale(heaviest);
    ExactSum sum;
    ExactSum total;
    for (std::size_t i = 0; i < size; ++i) {
        const double weight = weight_scale * weights[i];
        sum.add(weight * (scale * differences[i]));
        total.add(weight);
    }
    const double mean =
        std::clamp(sum.value() / total.value(), scale * range.lowest, scale * range.highest);
    ExactSum squares;
    ExactSum cubes;
    for (std::size_t i = 0; i < size; ++i) {
        const double influence = weight_scale * weights[i] * (scale * differences[i] - mean);
        squares.add(influence * influence);
        cubes.add(influence * influence * influence);
    }
    const double error = std::sqrt(n / (n - 1.0) * squares.value()) / total.value();
    return {mean / scale, error / scale, n - 1.0, skewness_of(cubes.value(), squares.value())};
}

MeanEstimate independent_difference(const MeanEstimate& first, const MeanEstimate& second,
                                    double factor) {
    const double difference = first.mean - factor * second.mean;
    const double first_error = first.standard_error;
    const double second_error = std::fabs(factor) * second.standard_error;
    const double largest = std::max(first_error, second_error);
    if (!std::isfinite(largest) || !(first.degrees_of_freedom > 0.0) ||
        !(second.degrees_of_freedom > 0.0)) {
        return {difference, unknown, 0.0};
    }
    if (largest == 0.0) {
        return {difference, 0.0, first.degrees_of_freedom + second.degrees_of_freedom};
    }
    // In units of the larger error, whose squares neither overflow nor vanish together.
    const double a = (first_error / largest) * (first_error / largest);
    const double b = (second_error / largest) * (second_error / largest);
    const double variance = a + b;
    const double doubt = a * a / first.degrees_of_freedom + b * b / second.degrees_of_freedom;
    // Without any doubt about either variance the difference is normal.
    const double degrees =
        doubt > 0.0 ? variance * variance / doubt : std::numeric_limits<double>::infinity();
    // Third cumulants of independent means add.
    const double root = std::sqrt(variance);
    const double of_first = first.skewness * std::pow(first_error / largest / root, 3.0);
    const double of_second = second.skewness * std::pow(second_error / largest / root, 3.0);
    return {difference, largest * root, degrees,
            of_first - std::copysign(of_second, factor * of_second)};
}

MeanEstimate welch(std::span<const double> x, std::span<const double> y, double factor) {
    assert(!x.empty() && !y.empty() && std::isfinite(factor));
    if (x.empty() || y.empty()) {
        return {0.0, unknown, 0.0};
    }
    const Range x_range = range_of(x);
    const Range y_range = range_of(y);
    const double scale = safe_scale(std::max(x_range.magnitude(), y_range.magnitude()));
    const Moments x_moments = moments_of(x, x_range, scale);
    const Moments y_moments = moments_of(y, y_range, scale);
    const double difference = (x_moments.mean - factor * y_moments.mean) / scale;
    if (x.size() < 2 || y.size() < 2) {
        return {difference, unknown, 0.0};
    }
    const auto x_size = static_cast<double>(x.size());
    const auto y_size = static_cast<double>(y.size());
    const double x_variance = x_moments.variance / x_size;
    const double y_variance = factor * factor * y_moments.variance / y_size;
    const double variance = x_variance + y_variance;
    if (variance == 0.0) {
        return {difference, 0.0, x_size + y_size - 2.0};
    }
    // Welch-Satterthwaite in shares of the variance, whose squares cannot overflow.
    const double x_share = x_variance / variance;
    const double y_share = y_variance / variance;
    const double degrees =
        1.0 / (x_share * x_share / (x_size - 1.0) + y_share * y_share / (y_size - 1.0));
    return {difference, std::sqrt(variance) / scale, degrees};
}

}  // namespace metricgate::stats
