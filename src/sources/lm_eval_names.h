#pragma once

#include <string>
#include <string_view>

namespace metricgate::sources {

/// What lm-evaluation-harness calls a metric that went through a filter:
/// `exact_match,strict-match`. Releases before 0.4 had no filters; the filter `none` is left out,
/// so that their names stay the same.
inline std::string lm_eval_metric_name(std::string_view metric, std::string_view filter) {
    std::string name(metric);
    return filter.empty() || filter == "none" ? name : name + "," + std::string(filter);
}

}  // namespace metricgate::sources
