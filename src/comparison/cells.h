#pragma once

#include <vector>

#include "comparison/resample.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {

/// Occupied joint cells in ascending order: of both sides, or of one side that stands in the roles
/// of both, which metrics::joint_cells does not offer.
std::vector<metrics::JointCell> cells_of(const evidence::Examples& examples, const BothSides& sides,
                                         const evidence::Rows& rows);

}  // namespace metricgate::comparison
