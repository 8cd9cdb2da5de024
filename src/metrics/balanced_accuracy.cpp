#include "metrics/averages.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Value mean_recall(const Confusion& confusion, const Parameters&) {
    double sum = 0.0;
    double classes = 0.0;
    for (const ClassCounts& counts : class_counts(confusion)) {
        const double labelled = counts.hit + counts.miss;
        if (labelled > 0.0) {
            sum += counts.hit / labelled;
            classes += 1.0;
        }
    }
    return classes > 0.0 ? Value::of(sum / classes) : Value::undefined("no examples");
}

}  // namespace

Definition balanced_accuracy() {
    Definition definition;
    definition.name = "balanced_accuracy";
    definition.summary = "mean recall of the classes";
    definition.formula =
        "mean over the classes that have labels of #{predicted = label = class} / "
        "#{label = class}; a class that is only predicted does not count as one";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{mean_recall};
    return definition;
}

}  // namespace metricgate::metrics
