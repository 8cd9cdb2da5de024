#pragma once

#include <vector>

#include "cli/rows.h"

namespace metricgate::cli {

/// The row of a check with `slices: {discover: true}`: the part in which the candidate does worst,
/// judged with bounds that hold for all parts searched. A part that the baseline has and the
/// candidate lost comes as a `missing` row of its own, after it.
std::vector<RowTask> search_rows(const PlannedCheck& check, const verdict::Rule& rule,
                                 const metrics::Metric& metric, const PlannedInput& input,
                                 const LoadedInput& loaded);

}  // namespace metricgate::cli
