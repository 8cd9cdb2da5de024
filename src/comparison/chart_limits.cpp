#include "comparison/chart_limits.h"

#include <algorithm>
#include <cmath>

#include "stats/control_charts.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"

namespace metricgate::comparison {
namespace {

constexpr double three = 3.0;
constexpr int most_decimals = 9;
constexpr double least_share = 1e-9;
constexpr double as_good_as_whole = 1e-12;

/// The mean, weighted by precision where errors are known.
double center_of(const std::vector<PooledPoint>& points, const std::vector<double>& errors,
                 const std::vector<std::size_t>& taken) {
    stats::ExactSum sum;
    stats::ExactSum weights;
    for (const std::size_t i : taken) {
        const double weight = errors.empty() ? 1.0 : 1.0 / (errors[i] * errors[i]);
        sum.add(weight * points[i].point.value.value);
        weights.add(weight);
    }
    return sum.value() / weights.value();
}

}  // namespace

std::vector<double> standard_errors(const std::vector<PooledPoint>& points, bool is_proportion) {
    std::vector<double> errors;
    for (const PooledPoint& each : points) {
        const evidence::HistoryPoint& point = each.point;
        const double p = point.value.value;
        double error = 0.0;
        if (point.standard_error) {
            error = point.standard_error->value;
        } else if (is_proportion && point.n && *point.n > 0 && p > 0.0 && p < 1.0) {
            error = std::sqrt(p * (1.0 - p) / static_cast<double>(*point.n));
        }
        if (!(error > 0.0) || !std::isfinite(error)) {
            return {};
        }
        errors.push_back(error);
    }
    return errors;
}

FrozenLimits frozen_limits(const std::vector<PooledPoint>& points,
                           const std::vector<double>& errors, std::size_t wanted) {
    FrozenLimits limits;
    limits.standardised = !errors.empty();
    const std::size_t past = points.empty() ? 0 : points.size() - 1;
    std::vector<std::size_t> taken;
    std::size_t next = 0;
    while (true) {
        for (; next < past && taken.size() < wanted; ++next) {
            taken.push_back(next);
        }
        if (taken.size() < 2) {
            break;
        }
        limits.center = center_of(points, errors, taken);
        std::vector<double> residuals;
        for (const std::size_t i : taken) {
            residuals.push_back((points[i].point.value.value - limits.center) /
                                (errors.empty() ? 1.0 : errors[i]));
        }
        limits.sigma = stats::individuals_chart(residuals).sigma;
        const double reach = three * limits.sigma;
        std::vector<std::size_t> kept;
        for (std::size_t k = 0; k < taken.size(); ++k) {
            if (!(std::abs(residuals[k]) > reach) || !(reach > 0.0)) {
                kept.push_back(taken[k]);
            }
        }
        if (kept.size() == taken.size()) {
            break;
        }
        taken = std::move(kept);
    }
    limits.used.assign(points.size(), false);
    for (const std::size_t i : taken) {
        limits.used[i] = true;
    }
    limits.points = taken.size();
    limits.after = next;
    limits.left_out = next - taken.size();
    return limits;
}

double widening(std::size_t points) {
    if (points < 2) {
        return 1.0;
    }
    const auto m = static_cast<double>(points);
    // The squared coefficient of variation of a mean moving range, which is 1 / (2 degrees).
    const double variation = (0.8264 * m - 1.082) / ((m - 1.0) * (m - 1.0));
    const double degrees = 1.0 / (2.0 * variation);
    const double tail = stats::normal_cdf(-three);
    return stats::student_t_quantile(1.0 - tail, degrees) * std::sqrt(1.0 + 1.0 / m) / three;
}

double sigma_of_rounding(const std::vector<PooledPoint>& points) {
    double largest = 0.0;
    int decimals = 0;
    for (const PooledPoint& each : points) {
        const double value = std::abs(each.point.value.value);
        largest = std::max(largest, value);
        while (decimals <= most_decimals) {
            const double shifted = value * std::pow(10.0, decimals);
            if (std::abs(shifted - std::round(shifted)) <=
                as_good_as_whole * std::max(1.0, shifted)) {
                break;
            }
            ++decimals;
        }
    }
    // Values that are all this small are no rounded zeros, but of a metric in a large unit.
    const bool tiny = std::ranges::all_of(points, [](const PooledPoint& each) {
        const double value = std::abs(each.point.value.value);
        return value > 0.0 && value <= as_good_as_whole;
    });
    const double rounding =
        tiny || decimals > most_decimals ? 0.0 : std::pow(10.0, -decimals) / std::sqrt(12.0);
    return std::max(rounding, least_share * largest);
}

}  // namespace metricgate::comparison
