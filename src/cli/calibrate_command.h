#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// Runs `metricgate calibrate`: 0 every metric has a proposal, 1 some have none, 2 could not look.
int calibrate_command(const CalibrateArguments& arguments, const Streams& streams,
                      const World& world);

}  // namespace metricgate::cli
