#include "stats/mover.h"

#include <cassert>
#include <cmath>

namespace metricgate::stats {

namespace {

// sqrt(a^2 + b^2); not std::hypot, whose last digit differs between C libraries.
double joined(double a, double b) {
    return std::sqrt(a * a + b * b);
}

// `factor` times a distance that may be infinite: nothing of nothing is nothing.
double scaled(double factor, double distance) {
    return factor == 0.0 ? 0.0 : factor * distance;
}

}  // namespace

Interval mover(const Bounded& first, const Bounded& second, double factor) {
    assert(first.interval.confidence == second.interval.confidence);
    assert(std::isfinite(factor));
    const double difference = first.estimate - factor * second.estimate;
    const double first_below = first.estimate - first.interval.lower;
    const double first_above = first.interval.upper - first.estimate;
    const double second_below = second.estimate - second.interval.lower;
    const double second_above = second.interval.upper - second.estimate;
    // The difference is low when the second parameter is high, unless it is added (factor < 0).
    const double against = factor < 0.0 ? second_below : second_above;
    const double in_favour = factor < 0.0 ? second_above : second_below;
    return {difference - joined(first_below, scaled(factor, against)),
            difference + joined(first_above, scaled(factor, in_favour)), first.interval.confidence};
}

}  // namespace metricgate::stats
