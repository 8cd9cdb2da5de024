#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate validate`: a policy read, checked and bound, without data. Exit 0 or 2.
int validate_command(const ValidateArguments& arguments, const Streams& streams,
                     const World& world);

}  // namespace metricgate::cli
