#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Value value_of_precision(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters,
        [](const ClassCounts& counts, const Parameters&) {
            return Share{counts.hit, counts.hit + counts.false_alarm};
        },
        "no predictions, so its precision is undefined (`when_undefined:` gives it a value)");
}

}  // namespace

Definition precision() {
    Definition definition;
    definition.name = "precision";
    definition.summary = "share of the predictions of a class that are right";
    definition.formula =
        "TP / (TP + FP) of the positive class, of `class:`, or averaged; undefined for a class "
        "that is never predicted, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{value_of_precision};
    definition.averaged = true;
    return definition;
}

}  // namespace metricgate::metrics
