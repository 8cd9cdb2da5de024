#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate log VALUES`: appends values to a store. Returns 0 when all were recorded, else 2.
int log_command(const LogArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
