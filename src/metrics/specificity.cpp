#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

bool counts_label(std::uint32_t label, const Parameters& parameters) {
    return parameters.class_code.has_value() && label != *parameters.class_code;
}

bool is_left_out(std::uint32_t, std::uint32_t predicted, const Parameters& parameters) {
    return parameters.class_code.has_value() && predicted != *parameters.class_code;
}

Value averaged_specificity(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters,
        [](const ClassCounts& counts, const Parameters&) {
            return Share{counts.rest, counts.rest + counts.false_alarm};
        },
        "every label, so its specificity is undefined (`when_undefined:` gives it a value)");
}

}  // namespace

Definition specificity() {
    Definition definition;
    definition.name = "specificity";
    definition.summary = "share of the examples outside a class that are not taken for it";
    definition.formula =
        "TN / (TN + FP) of the positive class, of `class:`, or averaged; undefined when every "
        "label is of the class, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = OutcomesForm{counts_label, is_left_out, averaged_specificity};
    definition.averaged = true;
    return definition;
}

}  // namespace metricgate::metrics
