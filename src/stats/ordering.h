#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// The positions of `values` by ascending value, equal values by position; -0 equals 0. `scratch`
/// is working memory of the same size, left unspecified: 8 bytes a row in both, no keys are stored.
/// Values are not NaN; fewer than 2^32 of them. O(n).
void order_ascending(std::span<const double> values, std::vector<std::uint32_t>& order,
                     std::vector<std::uint32_t>& scratch);

}  // namespace metricgate::stats
