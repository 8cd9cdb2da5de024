#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition mean() {
    MomentsForm form;
    form.fill = [](const ExampleInput& input, const Parameters&, double* out) -> const char* {
        *out = input.value;
        return nullptr;
    };
    Definition definition;
    definition.name = "mean";
    definition.summary = "mean of a value column: {name: COLUMN, stat: mean, direction: lower}";
    definition.formula = "sum / n of the column; the direction is the policy's";
    definition.needs = value_column;
    definition.form = form;
    definition.lowest = -std::numeric_limits<double>::infinity();
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
