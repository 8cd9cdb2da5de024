#include "stats/bootstrap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include "stats/distributions.h"
#include "stats/moments.h"
#include "stats/quantiles.h"

namespace metricgate::stats {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

}  // namespace

Interval percentile_interval(std::span<double> replicates, double confidence) {
    assert(confidence >= 0.5 && confidence < 1.0);
    if (replicates.empty() ||
        !std::ranges::all_of(replicates, [](double value) { return std::isfinite(value); })) {
        return {-unknown, unknown, confidence};
    }
    std::ranges::sort(replicates);
    return {quantile_sorted(replicates, 1.0 - confidence), quantile_sorted(replicates, confidence),
            confidence};
}

double bootstrap_p_not_negative(std::span<const double> replicates) {
    // Only what is below 0 speaks of a loss; a replicate that is no number does not.
    const auto losses = std::ranges::count_if(replicates, [](double value) { return value < 0.0; });
    const auto all = static_cast<double>(replicates.size());
    return (1.0 + all - static_cast<double>(losses)) / (all + 1.0);
}

double expanded_confidence(double confidence, const Expansion& expansion) {
    // Few units take it so far out that it rounds to 1, where no quantile is.
    return std::min(normal_cdf(expansion.inflation *
                               student_t_quantile(confidence, expansion.degrees_of_freedom)),
                    std::nextafter(1.0, 0.0));
}

double expanded_p(double p, const Expansion& expansion) {
    if (!(p > 0.0 && p < 1.0)) {
        return p;
    }
    return student_t_cdf(normal_quantile(p) / expansion.inflation, expansion.degrees_of_freedom);
}

double monte_carlo_sd(double confidence, std::size_t replicates, double standard_error) {
    assert(replicates > 0 && confidence > 0.0 && confidence < 1.0);
    if (replicates == 0) {
        return unknown;
    }
    const double z = normal_quantile(confidence);
    const double density = std::exp(-z * z / 2.0) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
    return std::sqrt(confidence * (1.0 - confidence) / static_cast<double>(replicates)) / density *
           standard_error;
}

double sample_standard_deviation(std::span<const double> values) {
    if (values.size() < 2) {
        return unknown;
    }
    const Range range = range_of(values);
    const double scale = safe_scale(range.magnitude());
    return std::sqrt(moments_of(values, range, scale).variance) / scale;
}

}  // namespace metricgate::stats
