#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate power`: what the policy can see on this data. Returns 0 when the analysis was made,
/// 1 when some check cannot fail, 2 when it could not be made; prints the closing line.
int power_command(const CheckArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
