#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate waivers`: one line a waiver, in the order of the policy. Exit 1 when --expired or
/// --expiring-in found some, or one ends later than it may.
int waivers_command(const WaiversArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
