#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate explain CHECK`: 0 when the row was explained, whatever its status, else 2. Prints
/// the closing line.
int explain_command(const ExplainArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
