#include "metrics/definitions.h"
#include "metrics/margins.h"

namespace metricgate::metrics {
namespace {

Value kappa(const Confusion& confusion, const Parameters& parameters) {
    const Margins margins = margins_of(confusion);
    if (!(margins.total > 0.0)) {
        return Value::undefined("no examples");
    }
    if (margins.labelled_classes < 2) {
        // The formula gives 0 or 0/0 here, whatever the model does.
        return parameters.when_undefined
                   ? Value::of(*parameters.when_undefined)
                   : Value::undefined("all labels are of one class, so kappa is undefined");
    }
    double observed = 0.0;
    double by_chance = 0.0;
    for (std::size_t label = 0; label < confusion.classes; ++label) {
        for (std::size_t predicted = 0; predicted < confusion.classes; ++predicted) {
            if (label != predicted) {
                observed += confusion.at(label, predicted) / margins.total;
                by_chance += (margins.labelled[label] / margins.total) *
                             (margins.predicted[predicted] / margins.total);
            }
        }
    }
    if (!(by_chance > 0.0)) {
        return Value::undefined("one class holds nearly all the weight, so kappa is undefined");
    }
    return Value::of(1.0 - observed / by_chance);
}

}  // namespace

Definition cohen_kappa() {
    Definition definition;
    definition.name = "cohen_kappa";
    definition.summary = "agreement of labels and predictions beyond chance";
    definition.formula =
        "1 - (observed disagreement) / (disagreement expected from the margins), unweighted; "
        "undefined when all labels are of one class, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{kappa};
    definition.lowest = -1.0;
    return definition;
}

}  // namespace metricgate::metrics
