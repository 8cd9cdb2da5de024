#pragma once

#include <vector>

namespace metricgate::damage {

/// `size`, a little more or less by the place of an example: three quarters of it to five quarters,
/// so that a damage does not change all examples by one amount, which would say nothing about
/// noise.
double varied(double size, double place);

/// Measurements as a metric sees them, and the values they may take.
struct Measured {
    bool higher_is_better = false;
    double lowest = 0.0;  ///< infinite where unbounded
    double highest = 0.0;

    /// Whether damage ends at size 1, where every value is the worst that is possible.
    [[nodiscard]] bool bounded() const;
};

/// The values a set of measurements may take: `lowest` to `highest` when both are known; shares
/// (all values from 0 to 1) stay shares; positive values stay positive.
Measured measured(const std::vector<double>& values, bool higher_is_better, double lowest,
                  double highest);

/// Measurements made worse (or better) by `size`: towards the worst value where there is one,
/// scaled where all are positive, else shifted by multiples of their mean magnitude. Values that
/// are not finite stay as they are.
std::vector<double> moved(const std::vector<double>& values, const std::vector<double>& places,
                          const Measured& limits, bool worse, double size);

}  // namespace metricgate::damage
