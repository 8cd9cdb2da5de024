#pragma once

#include <vector>

#include "cli/rows.h"

namespace metricgate::cli {

/// One row a slice of a check, in the order of their values: judged, or why not. A slice that one
/// side has lost is `missing`, one that only the candidate has is `new`, one of which too little is
/// paired is `incomparable`, and one that is too small is `skipped`, unless it is required.
std::vector<RowTask> slice_rows(const PlannedCheck& check, const verdict::Rule& rule,
                                const metrics::Metric& metric, const PlannedInput& input,
                                const LoadedInput& loaded);

}  // namespace metricgate::cli
