#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "comparison/chart.h"
#include "comparison/pooled_points.h"

namespace metricgate::comparison {

/// What a process in control does, from the first points of a chart.
struct FrozenLimits {
    double center = 0.0;
    double sigma = 0.0;  ///< from moving ranges; of residuals in standard errors where all
                         ///< points have one
    bool standardised = false;
    std::vector<bool> used;    ///< of each point: the limits rest on it
    std::size_t points = 0;    ///< so many
    std::size_t left_out = 0;  ///< points before the last used one that lie beyond their limits
    std::size_t after = 0;     ///< the first point that is held against the limits
};

/// Whether a point states a standard error that is more than rounding, and whether it has one: it
/// states it, or is a share with `n`.
bool states_error(const PooledPoint& each);
bool has_error(const PooledPoint& each, bool is_proportion);

/// The standard error of each point up to the first that has none; of a share with `n` that of a p
/// chart (W. A. Shewhart; NIST/SEMATECH e-Handbook 6.3.3.2): sqrt(p (1 - p) / n) at the share p of
/// all examples before. A stated error of 0, as of equal runs, says nothing of the next run: such a
/// point is taken to be as sure as the middle one of the 25 before it.
std::vector<double> errors_of(std::span<const PooledPoint> points, bool is_proportion);

/// Why the newest of at least one point cannot be charted beside the others: it has no standard
/// error, and all before it, at least `wanted`, have one. Without it all would be charted as they
/// are, by limits that may be much wider. Empty where it can.
std::string lost_error(std::span<const PooledPoint> points, bool is_proportion, std::size_t wanted);

/// Takes the first `wanted` points that stay within the limits that they make, the newest point
/// excluded; a point beyond is left out and the next one taken instead, until none is beyond. Fewer
/// than that: `points` says how many there are; more points behind them change nothing. `errors`:
/// of each point, above 0, or empty.
FrozenLimits frozen_limits(std::span<const PooledPoint> points, std::span<const double> errors,
                           std::size_t wanted);

/// The factor by which three-sigma limits are widened that rest on so few values, so that a value
/// in control lies beyond them as rarely as if sigma were known: Student's t with the degrees of
/// freedom of a mean moving range, and the center's own error (Hillier, Journal of Quality
/// Technology 1, 1969; Cryer and Ryan, Journal of Quality Technology 22, 1990). 1 of fewer than
/// two.
double widening(std::size_t points);

/// The least sigma that recorded numbers allow: the spread of rounding to the digits that they are
/// written with, and a billionth of the center. 0 only where that is 0 and all values are, or are
/// tiny.
class RoundingFloor {
public:
    void add(double value);
    /// `center`: of the limits, and not the largest value, because one that lies far off would make
    /// the limits of all others wide.
    [[nodiscard]] double sigma(double center) const;

private:
    int m_decimals = 0;
    bool m_all_tiny = true;
};

}  // namespace metricgate::comparison
