#pragma once

#include "comparison/chart.h"

namespace metricgate::comparison {

/// The word of a policy for a rule: "beyond_three_sigma".
std::string_view word_of(stats::RunRule rule);

/// How long a chart with known limits runs until it rings by chance.
RunLength run_length_in_control(const ChartOptions& options);

/// The same when the level lies `shift` sigmas (>= 0) on the worse side from some point on; nothing
/// for sets of rules and moving averages, of which this version knows no such figure.
std::optional<double> run_length_after(const ChartOptions& options, double shift);

}  // namespace metricgate::comparison
