#pragma once

#include "cli/plan.h"

namespace metricgate::cli {

/// Refuses slices that could not be told apart, read from both sides, or searched.
void check_slices(const PlannedCheck& check, const PlannedInput& input,
                  support::Diagnostics& problems);

}  // namespace metricgate::cli
