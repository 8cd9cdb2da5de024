#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// `metricgate convert IN [-o OUT]`: writes the product's own metric file of one run. Returns 0
/// when it was written whole, else 2.
int convert_command(const ConvertArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
