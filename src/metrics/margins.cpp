#include "metrics/margins.h"

namespace metricgate::metrics {

Margins margins_of(const Confusion& confusion) {
    Margins margins;
    margins.labelled.assign(confusion.classes, 0.0);
    margins.predicted.assign(confusion.classes, 0.0);
    for (std::size_t label = 0; label < confusion.classes; ++label) {
        for (std::size_t predicted = 0; predicted < confusion.classes; ++predicted) {
            const double mass = confusion.at(label, predicted);
            margins.labelled[label] += mass;
            margins.predicted[predicted] += mass;
            margins.total += mass;
            margins.right += label == predicted ? mass : 0.0;
        }
    }
    for (std::size_t which = 0; which < confusion.classes; ++which) {
        margins.labelled_classes += margins.labelled[which] > 0.0 ? 1U : 0U;
        margins.predicted_classes += margins.predicted[which] > 0.0 ? 1U : 0U;
    }
    return margins;
}

}  // namespace metricgate::metrics
