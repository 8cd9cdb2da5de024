#include <algorithm>
#include <cmath>

#include "metrics/definitions.h"
#include "metrics/margins.h"

namespace metricgate::metrics {
namespace {

/// Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004);
/// Matthews's coefficient for two classes.
Value correlation(const Confusion& confusion, const Parameters& parameters) {
    const Margins margins = margins_of(confusion);
    if (!(margins.total > 0.0)) {
        return Value::undefined("no examples");
    }
    if (margins.labelled_classes < 2 || margins.predicted_classes < 2) {
        if (parameters.when_undefined) {
            return Value::of(*parameters.when_undefined);
        }
        return Value::undefined(margins.labelled_classes < 2
                                    ? "all labels are of one class, so MCC is undefined"
                                    : "all predictions are of one class, so MCC is undefined");
    }
    // Not divided by the total first: counts are whole numbers, and stay exact.
    double covariance = margins.right * margins.total;
    double label_spread = margins.total * margins.total;
    double predicted_spread = label_spread;
    for (std::size_t which = 0; which < confusion.classes; ++which) {
        covariance -= margins.labelled[which] * margins.predicted[which];
        label_spread -= margins.labelled[which] * margins.labelled[which];
        predicted_spread -= margins.predicted[which] * margins.predicted[which];
    }
    const double scale = std::sqrt(label_spread * predicted_spread);
    if (!(scale > 0.0)) {
        return Value::undefined("one class holds nearly all the weight, so MCC is undefined");
    }
    return Value::of(std::clamp(covariance / scale, -1.0, 1.0));
}

}  // namespace

Definition mcc() {
    Definition definition;
    definition.name = "mcc";
    definition.summary =
        "Matthews correlation of labels and predictions, for any number of classes";
    definition.formula =
        "(c n - sum_k t_k p_k) / sqrt((n^2 - sum_k p_k^2)(n^2 - sum_k t_k^2)) with c right of n, "
        "t_k labels and p_k predictions of class k; undefined when labels or predictions are all "
        "of one class, unless `when_undefined` gives the value";
    definition.needs = label_class | predicted_class;
    definition.form = CellsForm{correlation};
    definition.lowest = -1.0;
    return definition;
}

}  // namespace metricgate::metrics
