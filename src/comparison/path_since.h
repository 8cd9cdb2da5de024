#pragma once

#include <string>

#include "comparison/comparison.h"
#include "evidence/history.h"

namespace metricgate::comparison {

/// From one point of a history (see `is_named`) to its newest value, attempts taken together: fills
/// both values, delta and `path`. That no point, or a later one of other data, is called so is a
/// `problem`; other data at the newest point is `Path::other_data`. Points on the way that are not
/// finite are problems, too.
Comparison path_since(const metrics::Metric& metric, const evidence::History& history,
                      const evidence::HistoryPoint& newest, const std::string& anchor);

}  // namespace metricgate::comparison
