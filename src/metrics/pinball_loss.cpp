#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

// Koenker and Bassett, "Regression quantiles", Econometrica 46, 1978.
const char* tilted_error(const ExampleInput& input, const Parameters& parameters, double* out) {
    const double shortfall = input.target - input.predicted;
    *out = shortfall >= 0.0 ? parameters.quantile * shortfall
                            : (1.0 - parameters.quantile) * -shortfall;
    return nullptr;
}

}  // namespace

Definition pinball_loss() {
    MomentsForm form;
    form.fill = tilted_error;
    Definition definition;
    definition.name = "pinball_loss";
    definition.summary = "loss of a forecast of one quantile";
    definition.formula =
        "mean of q (target - prediction) where the target is at least the prediction, else of "
        "(1 - q) (prediction - target); q = `quantile`, which the prediction forecasts";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.takes = setting_quantile;
    definition.must_say = setting_quantile;
    return definition;
}

}  // namespace metricgate::metrics
