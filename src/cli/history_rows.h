#pragma once

#include "cli/load.h"
#include "cli/plan.h"
#include "comparison/comparison.h"

namespace metricgate::cli {

/// The path of a check's metric since its anchor, as the history that it names tells it. A problem
/// where the history lacks either end.
comparison::Comparison path_of(const PlannedCheck& check, const LoadedInput& histories);

/// The row with the path that led to it, where the check's anchor names a history.
verdict::CheckResult with_path(verdict::CheckResult row, const PlannedCheck& check,
                               const LoadedInput& histories);

}  // namespace metricgate::cli
