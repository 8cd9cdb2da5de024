#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/history.h"
#include "history/store.h"
#include "support/result.h"

namespace metricgate::history {

/// What every line of a store of JSON lines begins with.
inline constexpr std::string_view history_schema = "metricgate.history/1";

/// A point as a line of the file holds it.
struct StoredLine {
    std::string metric;
    std::string unit;
    std::uint64_t call = 0;  ///< the call of `log` that wrote it, from 1; branches may repeat them
    evidence::HistoryPoint point;
};

/// A line with its line end.
std::string line_of(const NewPoint& point, std::uint64_t call);

/// All lines of a file, in its order; what stands twice in the same words, as merges of branches
/// leave it, is there once. Any line that is not whole, the last one first of all, is a problem at
/// its place.
support::Result<std::vector<StoredLine>> read_lines(std::string_view text,
                                                    const std::string& source);

}  // namespace metricgate::history
