// Values of a column, such as latencies, are scaled or shifted.
#include <limits>

#include "damage/amounts.h"
#include "damage/kinds.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_values(const Metric& metric, const Examples& examples) {
    return (metric.definition->needs & metrics::value_column) != 0U &&
           examples.side(Side::baseline).values.count(metric.parameters.column) != 0;
}

Measured limits_of(const Metric& metric, const Examples& examples) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return measured(examples.side(Side::baseline).values.at(metric.parameters.column).values,
                    metric.direction == metrics::Direction::higher_is_better, -infinite, infinite);
}

bool ends_at_one(const Metric& metric, const Examples& examples) {
    return limits_of(metric, examples).bounded();
}

void apply(const Metric& metric, Examples& examples, const Extent& extent) {
    evidence::NumberColumn to = examples.side(Side::baseline).values.at(metric.parameters.column);
    to.values = moved(to.values, *extent.places, limits_of(metric, examples),
                      extent.toward == Toward::worse, extent.size);
    examples.sides[static_cast<std::size_t>(Side::candidate)].values[metric.parameters.column] =
        std::move(to);
}

}  // namespace

Kind value_shifts() {
    return {"value_shifts", "values made worse", "values made better",
            reads_values,   ends_at_one,         apply};
}

}  // namespace metricgate::damage
