#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "comparison/chart.h"

namespace metricgate::verdict {

/// How changes of level are looked for.
enum class ChangeMethod { e_divisive, pelt };

struct HistorySettings {
    ChangeMethod method = ChangeMethod::e_divisive;
    double level = 0.001;           ///< E-divisive: the p that a change must reach
    std::size_t least_segment = 5;  ///< measurements between two changes
    std::size_t phase_one = 20;     ///< measurements that limits are taken from; at least 2
    std::uint64_t seed = 0;         ///< of the permutations
    std::vector<comparison::ChartOptions> charts;  ///< empty: `default_charts` of phase_one
};

}  // namespace metricgate::verdict
