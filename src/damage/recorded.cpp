#include "damage/recorded.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "damage/amounts.h"
#include "damage/places.h"

namespace metricgate::damage {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

struct Range {
    double lowest = -infinite;
    double highest = infinite;
};

Range range_of(const metrics::Metric& metric) {
    const bool computed =
        metric.definition != nullptr && (metric.definition->needs & metrics::value_column) == 0U;
    return computed ? Range{metric.definition->lowest, metric.definition->highest} : Range{};
}

Measured limits_of(const metrics::Metric& metric, const evidence::Samples& from) {
    const Range range = range_of(metric);
    return measured(from.values, metric.direction == metrics::Direction::higher_is_better,
                    range.lowest, range.highest);
}

}  // namespace

evidence::Scalar moved(const metrics::Metric& metric, const evidence::Scalar& from, bool worse,
                       double loss) {
    evidence::Scalar to = from;
    if (!std::isfinite(from.value.value)) {
        return to;
    }
    Range range = range_of(metric);
    if (!std::isfinite(range.lowest) && from.value.value > 0.0) {
        range.lowest = 0.0;
    }
    const double step = metric.orientation() * (worse ? -loss : loss);
    // A recorded number outside its range is an error of its own and is not moved back into it.
    if (from.value.value >= range.lowest && from.value.value <= range.highest) {
        to.value.value = std::clamp(from.value.value + step, range.lowest, range.highest);
    }
    return to;
}

evidence::Samples moved(const metrics::Metric& metric, const evidence::Samples& from, bool worse,
                        double size) {
    evidence::Samples to = from;
    // Runs have no names: the order of their values stands for them, so that the order in the file
    // does not matter.
    std::ranges::sort(to.values);
    to.values =
        moved(to.values, places_of(to.values.size(), 0), limits_of(metric, from), worse, size);
    return to;
}

bool bounded(const metrics::Metric& metric, const evidence::Samples& from) {
    return limits_of(metric, from).bounded();
}

}  // namespace metricgate::damage
