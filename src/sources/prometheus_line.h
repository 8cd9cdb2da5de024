#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sources/prometheus_series.h"

namespace metricgate::sources {

/// One sample of a text exposition: `name{label="v"} value [time] [# exemplar]`.
struct PrometheusSample {
    std::string name;
    PrometheusLabels labels;
    support::ParsedNumber value;
    std::optional<std::string> time;  ///< as written
    bool has_exemplar = false;
};

/// Reads a line that is no comment; what is wrong with it, and in which column, otherwise.
support::Result<PrometheusSample> read_prometheus_line(std::string_view line,
                                                       const support::Location& where);

}  // namespace metricgate::sources
