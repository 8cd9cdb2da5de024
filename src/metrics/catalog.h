#pragma once

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
/// class, when_undefined}`. Unknown keys, an unknown name without a direction, a direction that
/// contradicts the catalog, a `stat` that is not mean, median or pNN are problems at their place.
/// All of them are returned. `average: per_class` is refused here: the plan expands it.
support::Result<Metric> bind(const support::Node& setting);

}  // namespace metricgate::metrics
