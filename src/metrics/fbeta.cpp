#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Share share_of_class(const ClassCounts& counts, const Parameters& parameters) {
    const double squared = parameters.beta * parameters.beta;
    const double hits = (1.0 + squared) * counts.hit;
    return {hits, hits + squared * counts.miss + counts.false_alarm};
}

Value value_of_fbeta(const Confusion& confusion, const Parameters& parameters) {
    return average_over_classes(
        confusion, parameters, share_of_class,
        "neither labels nor predictions, so its F-beta is undefined (`when_undefined:` gives it a "
        "value)");
}

}  // namespace

Definition fbeta() {
    Definition definition;
    definition.name = "fbeta";
    definition.summary = "F1 with recall weighing beta times as much as precision";
    definition.formula =
        "(1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP), b = `beta`, of the positive class, of "
        "`class:`, or averaged; undefined for a class without labels and predictions, unless "
        "`when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{value_of_fbeta};
    definition.averaged = true;
    definition.takes = setting_beta;
    definition.must_say = setting_beta;
    return definition;
}

}  // namespace metricgate::metrics
