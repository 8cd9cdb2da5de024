#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

bool counts_label(std::uint32_t label, const Parameters& parameters) {
    return parameters.class_code.has_value() && label == *parameters.class_code;
}

bool is_found(std::uint32_t label, std::uint32_t predicted, const Parameters&) {
    return label == predicted;
}

Value averaged_recall(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters,
        [](const ClassCounts& counts, const Parameters&) {
            return Share{counts.hit, counts.hit + counts.miss};
        },
        "no labels, so its recall is undefined (`when_undefined:` gives it a value)");
}

}  // namespace

Definition recall() {
    Definition definition;
    definition.name = "recall";
    definition.summary = "share of the examples of a class that are found";
    definition.formula =
        "TP / (TP + FN) of the positive class, of `class:`, or averaged; undefined for a class "
        "without labels, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = OutcomesForm{counts_label, is_found, averaged_recall};
    definition.averaged = true;
    return definition;
}

}  // namespace metricgate::metrics
