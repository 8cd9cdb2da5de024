#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

const char* squared_gap(const ExampleInput& input, const Parameters&, double* out) {
    if (!(input.score >= 0.0 && input.score <= 1.0)) {
        return "scores must be probabilities in [0, 1]";
    }
    const double gap = input.score - (input.positive ? 1.0 : 0.0);
    *out = gap * gap;
    return nullptr;
}

}  // namespace

Definition brier_score() {
    MomentsForm form;
    form.fill = squared_gap;
    Definition definition;
    definition.name = "brier_score";
    definition.summary =
        "mean squared gap between the positive class's probability and the outcome";
    definition.formula = "mean of (p - y)^2 with y 1 for the positive class, else 0; p in [0, 1]";
    definition.direction = Direction::lower_is_better;
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
