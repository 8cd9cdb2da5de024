#include "metrics/definitions.h"

namespace metricgate::metrics {

Definition accuracy() {
    OutcomesForm form;
    form.counts = [](std::uint32_t, const Parameters&) { return true; };
    form.success = [](std::uint32_t label, std::uint32_t predicted, const Parameters&) {
        return label == predicted;
    };
    Definition definition;
    definition.name = "accuracy";
    definition.summary = "share of examples whose class is predicted right";
    definition.formula = "#{predicted = label} / n";
    definition.needs = label_class | predicted_class;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
