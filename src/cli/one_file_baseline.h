#pragma once

#include <string>
#include <vector>

#include "cli/origin.h"
#include "cli/plan.h"
#include "support/result.h"

namespace metricgate::cli {

/// Holds what a one-file input says of the baseline - its columns, labels and examples - against
/// the same file at the commit that the run names as its baseline: a change that rewrites them
/// would choose what it is compared with. A problem names what differs. Rows may stand in another
/// order. Gives back warnings: examples and columns that the commit does not have are judged by
/// what the change says of them.
support::Result<std::vector<std::string>> hold_to_commit(const PlannedInput& input,
                                                         const std::string& format,
                                                         const Origin& now, Origin& then);

}  // namespace metricgate::cli
