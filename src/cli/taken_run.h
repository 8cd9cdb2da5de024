#pragma once

#include "cli/arguments.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::cli {

/// The run that is asked for with the metrics that are asked for: as it is recorded, or with the
/// values that a step rule takes of its series as entries.
support::Result<sources::Run> taken_run(const sources::Recording& recording,
                                        const ConvertArguments& arguments);

}  // namespace metricgate::cli
