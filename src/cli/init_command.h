#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate init`: writes a policy, the CI workflow and the pre-push hook for this repository,
/// all of them or nothing. Exit 0 written, 2 not.
int init_command(const InitArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
