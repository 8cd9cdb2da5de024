#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace metricgate::stats {

enum class ByValue { ascending, descending };

/// Calls `visit` once for each different value, in that order, with the ascending positions that
/// hold it. -0 equals 0; a NaN stands beyond the infinity of its sign. Fewer than 2^32 values.
/// O(n). No position is stored but those of one part of the values at a time: about 1.5 bytes a row
/// of working memory (up to 4 for each row that shares its value with many).
void visit_by_value(std::span<const double> values, ByValue order,
                    const std::function<void(std::span<const std::uint32_t>)>& visit);

}  // namespace metricgate::stats
