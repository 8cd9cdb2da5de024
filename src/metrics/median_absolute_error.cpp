#include <cmath>
#include <limits>

#include "metrics/definitions.h"
#include "metrics/reduce.h"

namespace metricgate::metrics {
namespace {

Reduced absolute_errors(const Metric& metric, const evidence::Examples& examples,
                        const evidence::Rows& rows) {
    Reduced reduced;
    reduced.metric = of_values(metric, "median");
    reduced.examples = one_a_row(examples, rows);
    for (std::size_t side = 0; side < examples.sides.size(); ++side) {
        const auto& predicted = examples.sides[side].predicted_number;
        if (!predicted) {
            continue;
        }
        evidence::NumberColumn errors;
        errors.values.reserve(rows.size());
        for (std::size_t at = 0; at < rows.size(); ++at) {
            errors.values.push_back(
                std::abs(predicted->values[rows[at]] - examples.target->values[rows[at]]));
        }
        reduced.examples.sides[side].values[metric.name] = std::move(errors);
    }
    return reduced;
}

}  // namespace

Definition median_absolute_error() {
    Definition definition;
    definition.name = "median_absolute_error";
    definition.summary = "median absolute error, which a few large errors do not move";
    definition.formula =
        "median of |prediction - target|, the mean of both middle values for even n; unweighted";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = ReducedForm{absolute_errors};
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
