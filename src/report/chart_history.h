#pragma once

#include <cstddef>
#include <string>

#include "verdict/history_view.h"

namespace metricgate::report {

/// Newest measurements that a chart shows at most; more cannot be told apart.
inline constexpr std::size_t charted_measurements = 1000;

/// The trend of a metric: its values with the limits they are held against, changes of level, new
/// data, and on hover what is known of each measurement.
std::string trend_spec(const verdict::MetricHistory& history);

/// What the chart's rules say of each measurement, a stripe each.
std::string strip_spec(const verdict::MetricHistory& history);

}  // namespace metricgate::report
