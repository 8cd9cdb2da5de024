#pragma once

#include <string>

#include "cli/origin.h"
#include "cli/plan.h"
#include "support/result.h"

namespace metricgate::cli {

/// Holds what a one-file input says of the baseline - its columns, labels and examples - against
/// the same file at the commit that the run names as its baseline: a change that rewrites them
/// would choose what it is compared with. A problem names what differs. Rows may stand in another
/// order.
support::Result<support::Done> hold_to_commit(const PlannedInput& input, const std::string& format,
                                              const Origin& now, Origin& then);

}  // namespace metricgate::cli
