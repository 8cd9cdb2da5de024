#pragma once

#include <vector>

#include "comparison/resample.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {

/// Occupied joint cells with `sides` in the roles of baseline and candidate, in ascending order.
/// One side alone may stand in both, which metrics::joint_cells does not offer.
std::vector<metrics::JointCell> cells_of(const evidence::Examples& examples, const BothSides& sides,
                                         const evidence::Rows& rows);

}  // namespace metricgate::comparison
