#include "damage/recorded.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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
        if (from.events && from.exposure) {
            // What was counted is whole, and the value is its rate.
            to.events = static_cast<std::uint64_t>(
                std::llround(std::max(0.0, to.value.value * *from.exposure)));
            to.value.value = static_cast<double>(*to.events) / *from.exposure;
        }
    }
    return to;
}

evidence::Samples moved(const metrics::Metric& metric, const evidence::Samples& from, bool worse,
                        double size) {
    // The order of the values gives the places, so that the order in the file does not matter; the
    // runs stay where they are, because a policy may pair them.
    const std::vector<double> by_rank = places_of(from.values.size(), 0);
    std::vector<std::size_t> order(from.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t run) { return from.values[run]; });
    std::vector<double> places(order.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        places[order[rank]] = by_rank[rank];
    }
    evidence::Samples to = from;
    to.values = moved(from.values, places, limits_of(metric, from), worse, size);
    return to;
}

bool bounded(const metrics::Metric& metric, const evidence::Samples& from) {
    return limits_of(metric, from).bounded();
}

}  // namespace metricgate::damage
