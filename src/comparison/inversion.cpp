#include "comparison/inversion.h"

#include <cmath>

#include "stats/distributions.h"

namespace metricgate::comparison {
namespace {

constexpr double largest_z = 8.0;
constexpr int halvings = 40;

/// The largest z in [0, 8] whose interval satisfies `holds`, which holds at 0.
template <class Holds>
double largest_with(const IntervalAt& interval, const Holds& holds) {
    double inside = 0.0;
    double outside = largest_z;
    for (int step = 0; step < halvings; ++step) {
        const double middle = 0.5 * (inside + outside);
        const auto bounds = interval(stats::normal_cdf(middle));
        if (bounds && holds(*bounds)) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return inside;
}

}  // namespace

double p_by_inversion(const IntervalAt& interval) {
    const auto narrowest = interval(0.5);
    if (!narrowest) {
        return 1.0;
    }
    const auto below = [](const stats::Interval& bounds) { return bounds.upper < 0.0; };
    const auto above = [](const stats::Interval& bounds) { return bounds.lower > 0.0; };
    if (below(*narrowest)) {
        return stats::normal_cdf(-largest_with(interval, below));
    }
    if (above(*narrowest)) {
        return stats::normal_cdf(largest_with(interval, above));
    }
    return 0.5;
}

double error_from_width(const stats::Interval& interval) {
    return (interval.upper - interval.lower) / (2.0 * stats::normal_quantile(interval.confidence));
}

double error_towards_zero(const stats::Bounded& bounded) {
    const auto& [estimate, interval] = bounded;
    const double distance = estimate < 0.0 ? interval.upper - estimate : estimate - interval.lower;
    return distance / stats::normal_quantile(interval.confidence);
}

std::optional<Contrast> mover_contrast(const SideAt& baseline, const SideAt& candidate,
                                       double orientation, double factor, double confidence) {
    const IntervalAt oriented = [&](double level) -> std::optional<stats::Interval> {
        const auto second = baseline(level);
        const auto first = candidate(level);
        if (!first || !second) {
            return std::nullopt;
        }
        const stats::Interval raw = stats::mover(*first, *second, factor);
        if (orientation < 0.0) {
            return stats::Interval{-raw.upper, -raw.lower, level};
        }
        return raw;
    };
    const auto interval = oriented(confidence);
    if (!interval) {
        return std::nullopt;
    }
    const double estimate =
        orientation * (candidate(confidence)->estimate - factor * baseline(confidence)->estimate);
    return Contrast{.estimate = estimate,
                    .lower = interval->lower,
                    .upper = interval->upper,
                    .standard_error = error_from_width(*interval),
                    .p_no_loss = factor == 1.0 ? p_by_inversion(oriented) : 1.0};
}

}  // namespace metricgate::comparison
