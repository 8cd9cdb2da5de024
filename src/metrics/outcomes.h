#pragma once

#include <vector>

#include "metrics/evaluate.h"

namespace metricgate::metrics {

/// An outcomes metric (`is_outcome`) from the cells of one side, without a matrix of all classes.
Value value_of_cells(const Metric& metric, const std::vector<JointCell>& cells,
                     evidence::Side side);

}  // namespace metricgate::metrics
