#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace metricgate::sources {

/// A query and the time that it is asked for.
struct PrometheusAddress {
    std::string query;
    std::string at;            ///< as the server takes it (RFC 3339 or seconds), or empty: now
    double range_seconds = 0;  ///< 0: one value a series
    double step_seconds = 0;
};

/// Reads `QUERY`, or `[range=1h,step=1m,at=TIME]QUERY`; `step` goes with `range`, `at` with both
/// forms. No query begins with `[`.
support::Result<PrometheusAddress> parse_prometheus_address(std::string_view address);

}  // namespace metricgate::sources
