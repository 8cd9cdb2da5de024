#include "stats/mover.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace metricgate::stats {

namespace {

// sqrt(a^2 - 2 r a b + b^2); not std::hypot, whose last digit differs between C libraries.
double joined(double a, double b, double correlation) {
    if (correlation == 0.0 || std::isinf(a) || std::isinf(b)) {
        return std::sqrt(a * a + b * b);
    }
    return std::sqrt(std::max(0.0, a * a - 2.0 * correlation * a * b + b * b));
}

// `factor` times a distance that may be infinite: nothing of nothing is nothing.
double scaled(double factor, double distance) {
    return factor == 0.0 ? 0.0 : factor * distance;
}

}  // namespace

Interval mover(const Bounded& first, const Bounded& second, double factor, double correlation) {
    assert(first.interval.confidence == second.interval.confidence);
    assert(std::isfinite(factor));
    assert(correlation >= -1.0 && correlation <= 1.0);
    const double difference = first.estimate - factor * second.estimate;
    const double first_below = first.estimate - first.interval.lower;
    const double first_above = first.interval.upper - first.estimate;
    const double second_below = second.estimate - second.interval.lower;
    const double second_above = second.interval.upper - second.estimate;
    // The difference is low when the second parameter is high, unless it is added (factor < 0).
    const double against = factor < 0.0 ? second_below : second_above;
    const double in_favour = factor < 0.0 ? second_above : second_below;
    return {difference - joined(first_below, scaled(factor, against), correlation),
            difference + joined(first_above, scaled(factor, in_favour), correlation),
            first.interval.confidence};
}

}  // namespace metricgate::stats
