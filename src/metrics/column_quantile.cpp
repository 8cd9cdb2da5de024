#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Definition of_column() {
    Definition definition;
    definition.needs = value_column;
    definition.form = QuantileForm{};
    definition.lowest = -std::numeric_limits<double>::infinity();
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace

Definition median() {
    Definition definition = of_column();
    definition.name = "median";
    definition.summary = "median of a value column: {name: COLUMN, stat: median, direction: lower}";
    definition.formula =
        "middle value, the mean of both middle values for even n; unweighted; the direction is the "
        "policy's";
    return definition;
}

Definition quantile() {
    Definition definition = of_column();
    definition.name = "quantile";
    definition.summary =
        "percentile of a value column: {name: COLUMN, stat: p95, direction: lower}";
    definition.formula =
        "type 7: linear interpolation between the order statistics around (n - 1) p; unweighted; "
        "the direction is the policy's";
    return definition;
}

}  // namespace metricgate::metrics
