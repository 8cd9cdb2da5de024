#include "comparison/chart_limits.h"

#include <algorithm>
#include <cmath>

#include "comparison/rounding.h"
#include "stats/control_charts.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

constexpr double three = 3.0;
constexpr int most_decimals = 9;
constexpr double least_share = 1e-9;
constexpr double as_good_as_whole = 1e-12;

/// The mean, weighted by precision where errors are known.
double center_of(std::span<const PooledPoint> points, std::span<const double> errors,
                 const std::vector<std::size_t>& taken) {
    stats::ExactSum sum;
    stats::ExactSum weights;
    double lowest = points[taken.front()].point.value.value;
    double highest = lowest;
    for (const std::size_t i : taken) {
        const double weight = errors.empty() ? 1.0 : 1.0 / (errors[i] * errors[i]);
        const double value = points[i].point.value.value;
        sum.add(weight * value);
        weights.add(weight);
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    // Of equal values it is that value, and no neighbour of it.
    return std::clamp(sum.value() / weights.value(), lowest, highest);
}

/// A share whose error follows from n.
bool is_counted(const PooledPoint& each, bool is_proportion) {
    const double p = each.point.value.value;
    return is_proportion && !each.point.standard_error && each.point.n && *each.point.n > 0 &&
           p >= 0.0 && p <= 1.0;
}

/// The standard errors of shares as a p chart has them: at the share of all examples before, so
/// that a value does not widen its own limits by falling. Half an example of either kind is added,
/// which keeps a share of all or none uncertain.
class CountedErrors {
public:
    double next(const PooledPoint& each) {
        const auto n = static_cast<double>(*each.point.n);
        const double right = n * each.point.value.value;
        const double share =
            m_examples > 0.0 ? (m_right + 0.5) / (m_examples + 1.0) : (right + 0.5) / (n + 1.0);
        m_right += right;
        m_examples += n;
        return std::sqrt(share * (1.0 - share) / n);
    }

private:
    double m_right = 0.0;
    double m_examples = 0.0;
};

/// The middle of the last few, so that a long history of equal runs takes no longer a point.
double usual_of(std::span<const double> errors) {
    constexpr std::size_t few = 25;
    const auto last = errors.last(std::min(few, errors.size()));
    std::vector<double> values(last.begin(), last.end());
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

}  // namespace

std::vector<double> errors_of(std::span<const PooledPoint> points, bool is_proportion) {
    std::vector<double> errors;
    CountedErrors counted;
    for (const PooledPoint& each : points) {
        double error = 0.0;
        if (is_counted(each, is_proportion)) {
            error = counted.next(each);
        } else if (states_error(each)) {
            error = each.point.standard_error->value;
        } else if (each.point.standard_error && !errors.empty()) {
            error = usual_of(errors);
        }
        if (!(error > 0.0) || !std::isfinite(error)) {
            break;
        }
        errors.push_back(error);
    }
    return errors;
}

bool states_error(const PooledPoint& each) {
    return each.point.standard_error &&
           !is_rounding(each.point.standard_error->value, each.point.value.value);
}

bool has_error(const PooledPoint& each, bool is_proportion) {
    return states_error(each) || is_counted(each, is_proportion);
}

std::string lost_error(std::span<const PooledPoint> points, bool is_proportion,
                       std::size_t wanted) {
    const std::size_t before = points.size() - 1;
    if (before < wanted || errors_of(points, is_proportion).size() != before) {
        return "";
    }
    return "point '" + support::visible(points.back().point.key, 60) +
           "' of the history has no standard error, and every one before it has: wanted one that "
           "is measured alike; record it";
}

FrozenLimits frozen_limits(std::span<const PooledPoint> points, std::span<const double> errors,
                           std::size_t wanted) {
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
        // The limits that these points would make: known ones would drop good points, and what is
        // left would be too quiet a base.
        const double reach = three * widening(taken.size()) * limits.sigma;
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
    const double tail = stats::normal_cdf(-three);
    return stats::student_t_quantile(1.0 - tail, stats::moving_range_degrees(points)) *
           std::sqrt(1.0 + 1.0 / static_cast<double>(points)) / three;
}

void RoundingFloor::add(double value) {
    const double size = std::abs(value);
    while (m_decimals <= most_decimals) {
        const double shifted = size * std::pow(10.0, m_decimals);
        if (std::abs(shifted - std::round(shifted)) <= as_good_as_whole * std::max(1.0, shifted)) {
            break;
        }
        ++m_decimals;
    }
    // Values that are all this small are no rounded zeros, but of a metric in a large unit.
    m_all_tiny = m_all_tiny && size > 0.0 && size <= as_good_as_whole;
}

double RoundingFloor::sigma(double center) const {
    const double rounding = m_all_tiny || m_decimals > most_decimals
                                ? 0.0
                                : std::pow(10.0, -m_decimals) / std::sqrt(12.0);
    return std::max(rounding, least_share * std::abs(center));
}

}  // namespace metricgate::comparison
