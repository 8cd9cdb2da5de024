#pragma once

#include <string>
#include <vector>

#include "metrics/metric.h"
#include "support/diagnostic.h"
#include "support/node.h"

namespace metricgate::metrics {

/// The settings of `metric:` that say how a column is looked at.
const std::vector<std::string>& column_setting_keys();

/// Reads them from the map `setting` into `parameters`; a setting that `metric` does not take, or
/// that is out of its range, is a problem at its place.
void read_column_settings(const support::Node& setting, const Metric& metric,
                          ColumnParameters& parameters, support::Diagnostics& problems);

}  // namespace metricgate::metrics
