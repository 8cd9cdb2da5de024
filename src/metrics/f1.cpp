#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Value value_of_f1(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters,
        [](const ClassCounts& counts, const Parameters&) {
            return Share{2.0 * counts.hit, 2.0 * counts.hit + counts.miss + counts.false_alarm};
        },
        "neither labels nor predictions, so its F1 is undefined (`when_undefined:` gives it a "
        "value)");
}

}  // namespace

Definition f1() {
    Definition definition;
    definition.name = "f1";
    definition.summary = "harmonic mean of precision and recall";
    definition.formula =
        "2 TP / (2 TP + FP + FN) of the positive class, of `class:`, or averaged; 0 when a class "
        "has labels or predictions but no hit, undefined when it has neither, unless "
        "`when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{value_of_f1};
    definition.averaged = true;
    return definition;
}

}  // namespace metricgate::metrics
