#pragma once

#include <vector>

#include "metrics/metric.h"

namespace metricgate::metrics {

/// The margins of a confusion matrix.
struct Margins {
    std::vector<double> labelled;   ///< mass by true label
    std::vector<double> predicted;  ///< mass by predicted class
    double total = 0.0;
    double right = 0.0;                ///< mass of the diagonal
    std::size_t labelled_classes = 0;  ///< how many have mass
    std::size_t predicted_classes = 0;
};

Margins margins_of(const Confusion& confusion);

}  // namespace metricgate::metrics
