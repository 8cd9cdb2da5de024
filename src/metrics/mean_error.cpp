#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition mean_error() {
    MomentsForm form;
    form.fill = [](const ExampleInput& input, const Parameters&, double* out) -> const char* {
        *out = input.predicted - input.target;
        return nullptr;
    };
    Definition definition;
    definition.name = "mean_error";
    definition.summary = "bias of the predictions, best at 0";
    definition.formula =
        "mean of prediction - target: above 0 when predictions are too high; limits only, no "
        "margin";
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.lowest = -std::numeric_limits<double>::infinity();
    definition.highest = std::numeric_limits<double>::infinity();
    definition.undirected = true;
    definition.no_margin = "neither direction is better, so there is no loss to compare";
    return definition;
}

}  // namespace metricgate::metrics
