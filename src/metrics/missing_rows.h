#pragma once

#include <cstddef>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// Examples without some value that a metric reads, by the side whose own column lacks it.
struct MissingRows {
    std::size_t baseline = 0;
    std::size_t candidate = 0;
    std::size_t shared = 0;  ///< a label or another column that both sides share
};

/// Counts over what all of `metrics` read together; an example that lacks values on both sides
/// counts for both.
MissingRows count_missing(const std::vector<const Metric*>& metrics,
                          const evidence::Examples& examples);

}  // namespace metricgate::metrics
