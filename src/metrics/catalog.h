#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metrics/metric.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::metrics {

/// Every metric the program computes, by name. Adding one: a file, a line in catalog.cpp, a test.
const std::vector<Definition>& catalog();

const Definition* find(std::string_view name);

/// Reads the `metric:` setting of a check: a name, or `{name, stat, direction, unit, average,
/// class, when_undefined}` and what the metric takes of `{k, bins, beta, quantile, gain}`. Unknown
/// keys, an unknown name without a direction, a direction that contradicts the catalog, a `stat`
/// that is not mean, median or pNN are problems at their place. All of them are returned. `average:
/// per_class` is refused here: the plan expands it.
support::Result<Metric> bind(const support::Node& setting);

/// What the metric cannot be computed from examples without and the policy does not say, as a
/// sentence; empty when nothing is left unsaid.
std::string unsaid_setting(const Metric& metric);

}  // namespace metricgate::metrics
