#pragma once

#include "cli/plan.h"

namespace metricgate::cli {

/// Binds the columns that `check` needs to the roles of its predictions input, adding a problem for
/// each that the policy does not name.
void bind_columns(const PlannedCheck& check, PlannedInput& input, support::Diagnostics& problems);

/// Turns the bound roles into the columns to read from each side.
void request_columns(PlannedInput& input);

}  // namespace metricgate::cli
