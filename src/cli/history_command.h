#pragma once

#include "cli/arguments.h"
#include "cli/run.h"

namespace metricgate::cli {

/// Runs `metricgate history`: 0 shown, 1 with --gate when a metric rings, 2 could not show, or
/// --gate could not judge the newest value of a metric.
int history_command(const HistoryArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
