#include "stats/skewness.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"

namespace metricgate::stats {

namespace {

/// Below it Hall's formula divides rounding by rounding, and t's interval is the answer anyway.
constexpr double negligible = 1e-9;
constexpr double largest = 0.25;

bool is_known(const MeanEstimate& estimate) {
    return std::isfinite(estimate.standard_error) && estimate.standard_error > 0.0 &&
           estimate.degrees_of_freedom > 0.0;
}

double hall(double k, double t) {
    return t + k * t * t / 3.0 + k * k * t * t * t / 27.0 + k / 6.0;
}

double inverse_of_hall(double k, double x) {
    return 3.0 / k * (std::cbrt(1.0 + k * (x - k / 6.0)) - 1.0);
}

}  // namespace

Interval skew_widened_interval(const MeanEstimate& estimate, double confidence) {
    const Interval plain = estimate.interval(confidence);
    const double k = estimate.skewness;
    if (!is_known(estimate) || !(std::abs(k) > negligible)) {
        return plain;
    }
    const double reach = student_t_quantile(confidence, estimate.degrees_of_freedom);
    const auto bound = [&](double x) {
        return estimate.mean - estimate.standard_error * inverse_of_hall(k, x);
    };
    return {std::min(plain.lower, bound(reach)), std::max(plain.upper, bound(-reach)), confidence};
}

double skew_widened_p_not_negative(const MeanEstimate& estimate) {
    const double plain = estimate.p_not_negative();
    if (!is_known(estimate)) {
        return plain;
    }
    const double x = hall(estimate.skewness, estimate.mean / estimate.standard_error);
    return std::max(plain, student_t_cdf(x, estimate.degrees_of_freedom));
}

std::size_t units_for_skewness(double skewness_over_root_n, double n) {
    const double noise = 3.0 * std::sqrt(6.0) / n;
    const double size = std::abs(skewness_over_root_n);
    if (size <= std::max(largest, noise)) {
        return 0;
    }
    return static_cast<std::size_t>(std::ceil(n * size * size / (largest * largest)));
}

}  // namespace metricgate::stats
