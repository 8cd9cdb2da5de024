#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "comparison/pooled_points.h"
#include "metrics/metric.h"
#include "verdict/history_view.h"

namespace metricgate::verdict {

/// Holds the measurements of a history against its charts: fills `charts`, `limits`, `in_control`,
/// the state of each measurement and, where the newest one has no answer, `unjudged`. `points`:
/// what `view.measurements` was made of, all finite. `bases`: for each chart the position at which
/// its limits begin anew, which a point that is not among them may have caused.
void chart_history(MetricHistory& view, const std::vector<comparison::PooledPoint>& points,
                   const std::vector<std::size_t>& bases, const metrics::Metric& metric,
                   const std::vector<comparison::ChartOptions>& charts);

/// The first point since the chart was based anew that no check could chart, as a sentence; empty
/// when there is none.
std::string unusable_since_basis(const std::vector<comparison::PooledPoint>& points,
                                 const comparison::ChartOptions& options);

}  // namespace metricgate::verdict
