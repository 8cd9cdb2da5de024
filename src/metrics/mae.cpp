#include <cmath>
#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition mae() {
    MomentsForm form;
    form.fill = [](const ExampleInput& input, const Parameters&, double* out) -> const char* {
        *out = std::abs(input.predicted - input.target);
        return nullptr;
    };
    Definition definition;
    definition.name = "mae";
    definition.summary = "mean absolute error";
    definition.formula = "mean of |prediction - target|";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
