#include "stats/control_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/exact_sum.h"
#include "stats/quantiles.h"

namespace metricgate::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double median_range_of_two = 0.9538725524089398;  // sqrt(2) Phi^-1(0.75)
constexpr double range_limit_of_two = 3.267;
constexpr double limit_sigmas = 3.0;

double mean_of(std::span<const double> values) {
    ExactSum sum;
    for (const double value : values) {
        if (!std::isfinite(value)) {
            return value;  // the range of two values that lie further apart than a double reaches
        }
        sum.add(value);
    }
    return sum.value() / static_cast<double>(values.size());
}

ChartLimits around(double center, double reach) {
    return {center - reach, center + reach};
}

}  // namespace

std::vector<double> moving_ranges(std::span<const double> values) {
    std::vector<double> ranges;
    for (std::size_t at = 1; at < values.size(); ++at) {
        ranges.push_back(std::abs(values[at] - values[at - 1]));
    }
    return ranges;
}

IndividualsChart individuals_chart(std::span<const double> values, double least_sigma, double d2) {
    IndividualsChart chart;
    const std::vector<double> ranges = moving_ranges(values);
    if (ranges.empty()) {
        chart.center = values.empty() ? 0.0 : values.front();
        chart.mean_moving_range = chart.sigma = chart.moving_range_upper = infinity;
        chart.limits = {-infinity, infinity};
        return chart;
    }
    const bool constant = std::ranges::all_of(ranges, [](double range) { return range == 0.0; });
    chart.center = constant ? values.front() : mean_of(values);
    chart.mean_moving_range = mean_of(ranges);
    chart.sigma = std::max(least_sigma, chart.mean_moving_range / d2);
    chart.limits = around(chart.center, limit_sigmas * chart.sigma);
    chart.moving_range_upper = range_limit_of_two * chart.mean_moving_range;
    return chart;
}

double moving_range_degrees(std::size_t values) {
    const auto n = static_cast<double>(values);
    const double variation = (0.8264 * n - 1.082) / ((n - 1.0) * (n - 1.0));
    return 1.0 / (2.0 * variation);
}

double sigma_of_median_range(std::span<const double> values) {
    std::vector<double> ranges = moving_ranges(values);
    if (ranges.empty()) {
        return infinity;
    }
    std::ranges::sort(ranges);
    return quantile_sorted(ranges, 0.5) / median_range_of_two;
}

EwmaChart ewma_chart(std::span<const double> values, double target, double sigma, double weight,
                     double width) {
    EwmaChart chart;
    const double share = weight / (2.0 - weight);
    chart.steady = around(target, width * sigma * std::sqrt(share));
    double average = target;
    double forgotten = 1.0;
    for (const double value : values) {
        average = weight * value + (1.0 - weight) * average;
        forgotten *= (1.0 - weight) * (1.0 - weight);
        chart.points.push_back(
            {average, around(target, width * sigma * std::sqrt(share * (1.0 - forgotten)))});
    }
    return chart;
}

std::vector<CusumPoint> cusum_chart(std::span<const double> values, double target, double allowance,
                                    double decision, double head_start) {
    std::vector<CusumPoint> points;
    double high = head_start;
    double low = head_start;
    for (const double value : values) {
        high = std::max(0.0, high + (value - target) - allowance);
        low = std::max(0.0, low - (value - target) - allowance);
        points.push_back({high, low, high > decision, low > decision});
    }
    return points;
}

}  // namespace metricgate::stats
