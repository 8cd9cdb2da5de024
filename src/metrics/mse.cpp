#include <limits>

#include "metrics/definitions.h"
#include "metrics/squared_error.h"

namespace metricgate::metrics {

const char* squared_error(const ExampleInput& input, const Parameters&, double* out) {
    const double error = input.predicted - input.target;
    *out = error * error;
    return nullptr;
}

Definition mse() {
    MomentsForm form;
    form.fill = squared_error;
    Definition definition;
    definition.name = "mse";
    definition.summary = "mean squared error";
    definition.formula = "mean of (prediction - target)^2";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
