#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition flips() {
    Definition definition;
    definition.name = "flips";
    definition.summary = "share of examples whose predicted class changed";
    definition.formula = "#{candidate's prediction != baseline's} / n; limits only, no margin";
    definition.direction = Direction::lower_is_better;
    definition.needs = predicted_class;
    definition.form = PairForm{[](std::uint32_t, std::uint32_t baseline, std::uint32_t candidate) {
        return baseline != candidate;
    }};
    return definition;
}

Definition negative_flips() {
    Definition definition;
    definition.name = "negative_flips";
    definition.summary = "share of examples that were right and are wrong now";
    // Yan et al., "Positive-Congruent Training: Towards Regression-Free Model Updates" (CVPR 2021).
    definition.formula =
        "negative flip rate: #{baseline's prediction = label != candidate's} / n; limits only, no "
        "margin";
    definition.direction = Direction::lower_is_better;
    definition.needs = label_class | predicted_class;
    definition.form =
        PairForm{[](std::uint32_t label, std::uint32_t baseline, std::uint32_t candidate) {
            return baseline == label && candidate != label;
        }};
    return definition;
}

}  // namespace metricgate::metrics
