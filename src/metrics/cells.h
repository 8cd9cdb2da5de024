#pragma once

#include <vector>

#include "metrics/evaluate.h"

namespace metricgate::metrics {

/// `joint_cells` of the given predictions; a side that is left out, or has none, counts as class 0,
/// so that one side can be tallied without the other.
std::vector<JointCell> tally(const evidence::Examples& examples, const evidence::Rows& rows,
                             bool with_baseline, bool with_candidate);

}  // namespace metricgate::metrics
