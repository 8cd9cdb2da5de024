#include <cmath>
#include <limits>

#include "metrics/definitions.h"
#include "metrics/squared_error.h"

namespace metricgate::metrics {

Definition rmse() {
    MomentsForm form;
    form.fill = squared_error;
    form.combine = [](const double* means, const Parameters&) {
        return means[0] >= 0.0 ? Value::of(std::sqrt(means[0]))
                               : Value::undefined("the mean squared error is negative");
    };
    Definition definition;
    definition.name = "rmse";
    definition.summary = "root of the mean squared error";
    definition.formula = "sqrt(mean of (prediction - target)^2)";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
