#include <cmath>
#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition mape() {
    MomentsForm form;
    form.fill = [](const ExampleInput& input, const Parameters&, double* out) -> const char* {
        if (input.target == 0.0) {
            return "a target of 0 has no relative error";
        }
        *out = std::abs(input.predicted - input.target) / std::abs(input.target);
        return nullptr;
    };
    Definition definition;
    definition.name = "mape";
    definition.summary = "mean absolute error relative to the target, as a fraction";
    definition.formula =
        "mean of |prediction - target| / |target|, a fraction (0.05 is 5 %); undefined when a "
        "target is 0";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
