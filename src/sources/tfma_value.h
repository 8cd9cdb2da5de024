#pragma once

#include <string>
#include <string_view>

#include "sources/run_builder.h"

namespace metricgate::sources {

/// Adds what a MetricValue of TFMA holds under `name` and `slice`, with its ConfidenceInterval
/// (empty where there is none). False where one of them is malformed.
bool add_tfma_value(const std::string& name, const std::string& slice, std::string_view value,
                    std::string_view interval, const std::string& source, RunBuilder& run);

}  // namespace metricgate::sources
