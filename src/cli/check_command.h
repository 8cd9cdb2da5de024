#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate check`: policy, plan, evidence, rows, verdict, reports. Returns the exit code and
/// prints the closing line.
int check_command(const CheckArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
