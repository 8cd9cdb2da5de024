#pragma once

#include <string>

#include "metrics/metric.h"
#include "support/diagnostic.h"
#include "support/node.h"

namespace metricgate::metrics {

/// Reads `k`, `bins`, `beta`, `quantile` and `gain` of a `metric:` map into the parameters of
/// `metric`, whose definition is known already. A setting that the metric does not take, or a value
/// out of its range, is a problem at its place.
void read_settings(const support::Node& map, Metric& metric, support::Diagnostics& problems);

/// " (k 10)": what the policy says, for the title; empty when it says nothing.
std::string settings_in_words(const Metric& metric);

}  // namespace metricgate::metrics
