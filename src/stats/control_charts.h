#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Limits of a control chart: what a process in control stays between.
struct ChartLimits {
    double lower = 0.0;
    double upper = 0.0;
    /// Strictly outside, so that a constant history is in control of itself.
    [[nodiscard]] bool signals(double value) const { return value < lower || value > upper; }
    bool operator==(const ChartLimits&) const = default;
};

/// |x_t - x_(t-1)|, one fewer than the values.
std::vector<double> moving_ranges(std::span<const double> values);

/// The mean of a moving range of two normal values is 2 / sqrt(pi) sigmas (d2; tables round it to
/// 1.128), its median 0.95387, and three sigmas above its mean are 3.267 times the mean (D4).
inline constexpr double d2_of_two = 1.1283791670955126;

/// Shewhart's chart of individual values. Source: NIST/SEMATECH e-Handbook 6.3.2.2.
struct IndividualsChart {
    double center = 0.0;              ///< mean of the values
    double mean_moving_range = 0.0;   ///< infinite with fewer than two values
    double sigma = 0.0;               ///< mean moving range / d2, at least the floor
    ChartLimits limits;               ///< center -+ 3 sigma
    double moving_range_upper = 0.0;  ///< D4 times the mean moving range
};

/// From values in the order of time, in their own units. A history that never moved has sigma 0, so
/// that any change signals: `least_sigma` is the floor for that. With fewer than two values nothing
/// is known: sigma and limits are infinite and nothing signals. Sums are exact.
IndividualsChart individuals_chart(std::span<const double> values, double least_sigma = 0.0,
                                   double d2 = d2_of_two);

/// The degrees of freedom of a sigma that is a mean moving range / d2 of so many independent normal
/// values (at least 2): 1 / (2 v) with v its squared coefficient of variation, (0.8264 n - 1.082) /
/// (n - 1)^2 (Cryer and Ryan, Journal of Quality Technology 22, 1990). 11.7 of 20 values, where a
/// standard deviation has 19.
double moving_range_degrees(std::size_t values);

/// A sigma that a few jumps do not move: the median moving range / 0.95387. Infinite with fewer
/// than two values.
double sigma_of_median_range(std::span<const double> values);

/// An exponentially weighted moving average: z_t = weight x_t + (1 - weight) z_(t-1), z_0 = target.
/// Source: Roberts 1959; NIST/SEMATECH e-Handbook 6.3.2.4.
struct EwmaPoint {
    double average = 0.0;
    ChartLimits limits;  ///< of this point: they widen from the first one on
};
struct EwmaChart {
    std::vector<EwmaPoint> points;
    ChartLimits steady;  ///< what the limits of the points approach
};
/// `weight` in (0, 1], `sigma` of one value >= 0, `width` in sigmas of the average (usually 2.7 to
/// 3): target -+ width sigma sqrt(weight / (2 - weight) (1 - (1 - weight)^(2 t))).
EwmaChart ewma_chart(std::span<const double> values, double target, double sigma, double weight,
                     double width);

/// A tabular two-sided CUSUM: high_t = max(0, high_(t-1) + x_t - target - allowance), low_t the
/// same downwards. Signals where a sum exceeds `decision`. Source: Page 1954; NIST/SEMATECH
/// e-Handbook 6.3.2.3.
struct CusumPoint {
    double high = 0.0;
    double low = 0.0;
    bool signals_high = false;
    bool signals_low = false;
};
/// All in the units of the values: `allowance` (usually half of the shift to be caught), `decision`
/// (usually 4 to 5 sigma), both >= 0; both sums start at `head_start` (fast initial response, Lucas
/// and Crosier 1982: decision / 2).
std::vector<CusumPoint> cusum_chart(std::span<const double> values, double target, double allowance,
                                    double decision, double head_start = 0.0);

}  // namespace metricgate::stats
