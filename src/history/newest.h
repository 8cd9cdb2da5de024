#pragma once

#include <vector>

#include "evidence/history.h"

namespace metricgate::history {

/// The history whose last point was recorded last: by time, else by step, else by its place in the
/// file; of equals the first. Null where no history has a point.
const evidence::History* newest_of(const std::vector<evidence::History>& histories);

/// Whether two points belong to one measurement: of one commit, else of one step, else at most an
/// hour apart (the calls that record one evaluation), else with one key.
bool recorded_together(const evidence::HistoryPoint& a, const evidence::HistoryPoint& b);

}  // namespace metricgate::history
