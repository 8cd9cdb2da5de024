#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate selftest`: 0 when every check can go red and misses no fault, 1 when one cannot, 2
/// when nothing could be tested. Prints the closing line.
int selftest_command(const CheckArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
