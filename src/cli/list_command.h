#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate list WHAT`: a catalog as a table.
int list_command(const ListArguments& arguments, const Streams& streams);

}  // namespace metricgate::cli
