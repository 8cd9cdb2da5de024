#pragma once

#include <span>
#include <string>
#include <vector>

#include "comparison/comparison.h"
#include "stats/means.h"

namespace metricgate::comparison {

/// True when the metric is a geometric mean, so that its sides are compared by their ratio.
bool is_geometric(const metrics::Metric& metric);

/// Natural logarithms; `problem` is set when a value has none. `side` names it.
std::vector<double> logs_of(std::span<const double> values, const char* side, std::string& problem);

/// Fills the comparison of two geometric means from `log_ratio`, the mean of log(candidate) -
/// log(baseline) with its uncertainty. A relative margin r tolerates a ratio of 1 - r (higher is
/// better) or 1 + r (lower is better); delta and interval are baseline * (ratio - 1), so that they
/// say the same in the metric's units. An absolute margin is a problem. Needs both values.
void fill_ratio(const metrics::Metric& metric, const Margin& margin, const Options& options,
                const stats::MeanEstimate& log_ratio, Comparison& out);

}  // namespace metricgate::comparison
