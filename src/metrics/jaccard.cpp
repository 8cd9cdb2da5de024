#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Value value_of_jaccard(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters,
        [](const ClassCounts& counts, const Parameters&) {
            return Share{counts.hit, counts.hit + counts.miss + counts.false_alarm};
        },
        "neither labels nor predictions, so its Jaccard index is undefined (`when_undefined:` "
        "gives it a value)");
}

}  // namespace

Definition jaccard() {
    Definition definition;
    definition.name = "jaccard";
    definition.summary = "overlap of the predicted and the labelled examples of a class";
    definition.formula =
        "TP / (TP + FP + FN) of the positive class, of `class:`, or averaged; undefined for a "
        "class without labels and predictions, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{value_of_jaccard};
    definition.averaged = true;
    return definition;
}

}  // namespace metricgate::metrics
