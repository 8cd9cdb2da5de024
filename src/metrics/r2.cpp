#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

// Relative to the mean square about the centre: what rounding leaves of a variance that is 0.
constexpr double no_spread = 1e-13;

const char* terms(const ExampleInput& input, const Parameters&, double* out) {
    const double error = input.predicted - input.target;
    const double offset = input.target - input.target_center;
    out[0] = error * error;
    out[1] = offset;
    out[2] = offset * offset;
    return nullptr;
}

Value share_explained(const double* means, const Parameters&) {
    const double variance = means[2] - means[1] * means[1];
    const bool spread = variance > no_spread * means[2];
    if (!spread) {
        return Value::undefined("the targets are all equal, so R2 is undefined");
    }
    return Value::of(1.0 - means[0] / variance);
}

}  // namespace

Definition r2() {
    MomentsForm form;
    form.terms = 3;
    form.fill = terms;
    form.combine = share_explained;
    Definition definition;
    definition.name = "r2";
    definition.summary = "share of the target's variance that the predictions explain";
    definition.formula =
        "1 - sum (prediction - target)^2 / sum (target - mean target)^2; negative when worse than "
        "the mean, undefined on a constant target or one example";
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.lowest = -std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
