#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition flips() {
    Definition definition;
    definition.name = "flips";
    definition.summary = "number of examples whose predicted class changed";
    definition.formula =
        "#{candidate's prediction != baseline's}; weights do not enter; limits only, no margin";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.needs = predicted_class;
    definition.form = PairForm{[](std::uint32_t, std::uint32_t baseline, std::uint32_t candidate) {
        return baseline != candidate;
    }};
    return definition;
}

Definition negative_flips() {
    Definition definition;
    definition.name = "negative_flips";
    definition.summary = "number of examples that were right and are wrong now";
    // Yan et al., "Positive-Congruent Training: Towards Regression-Free Model Updates" (CVPR 2021).
    definition.formula =
        "#{baseline's prediction = label != candidate's}, n times the negative flip rate; weights "
        "do not enter; limits only, no margin";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.needs = label_class | predicted_class;
    definition.form =
        PairForm{[](std::uint32_t label, std::uint32_t baseline, std::uint32_t candidate) {
            return baseline == label && candidate != label;
        }};
    return definition;
}

}  // namespace metricgate::metrics
