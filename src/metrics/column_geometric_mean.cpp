#include <cmath>
#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition geometric_mean() {
    MomentsForm form;
    // A difference of logarithms, because a ratio of two extreme values may overflow.
    form.fill = [](const ExampleInput& input, const Parameters& parameters,
                   double* out) -> const char* {
        *out = 0.0;
        if (!(input.value > 0.0)) {
            return "a geometric mean needs values above 0";
        }
        *out = std::log(input.value);
        if (!parameters.reference.empty()) {
            if (!(input.reference > 0.0)) {
                return "a ratio needs a reference above 0";
            }
            *out -= std::log(input.reference);
        }
        return nullptr;
    };
    form.combine = [](const double* means, const Parameters&) {
        return Value::of(std::exp(means[0]));
    };
    form.log_mean = true;
    Definition definition;
    definition.name = "geometric_mean";
    definition.summary = "geometric mean of a value column: {name: COLUMN, stat: geometric_mean}";
    definition.formula =
        "exp(mean of log(x)), or of log(x / reference); all values above 0, else undefined; the "
        "direction is the policy's";
    definition.needs = value_column;
    definition.form = form;
    definition.lowest = 0.0;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
