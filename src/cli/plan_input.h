#pragma once

#include "cli/plan.h"

namespace metricgate::cli {

/// An input of the policy with its rules of pairing, no column bound yet; reports settings that its
/// kind has no use for.
PlannedInput plan_input(const policy::Input& source, support::Diagnostics& problems);

}  // namespace metricgate::cli
