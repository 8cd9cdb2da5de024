#pragma once

#include <string>

namespace metricgate::report {

/// Lines of gauges that both OpenMetrics and the older Prometheus text format read. Names are
/// without their prefix `metricgate_`.

/// The lines before a family.
std::string gauge_head(const std::string& name, const char* help);

/// name="value": a backslash, a quote and a line end are escaped, a hash is made visible.
std::string gauge_label(const char* name, const std::string& value);

/// One sample; `labels` are joined by commas, or empty.
std::string gauge_sample(const std::string& name, const std::string& labels,
                         const std::string& value);

}  // namespace metricgate::report
