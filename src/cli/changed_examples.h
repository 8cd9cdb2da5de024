#pragma once

#include <map>
#include <string>

#include "cli/load.h"
#include "cli/plan.h"
#include "verdict/explanation.h"

namespace metricgate::cli {

/// Fills the examples that the two sides answer differently, worst first and at most `limit`: those
/// whose predicted class changed, or whose score, predicted number or value got worse. Only
/// examples that the row looks at: its slice, its class, and what counts for its metric.
void list_changed_examples(const metrics::Metric& metric, const PlannedInput& input,
                           const LoadedInput& loaded,
                           const std::map<std::string, std::string>& slice, std::size_t limit,
                           verdict::Explanation& out);

}  // namespace metricgate::cli
