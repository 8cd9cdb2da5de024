#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Twice the mid-rank of every value, from 2 on: ties share the mean of their ranks, and twice that
/// is an integer. Values are not NaN.
struct MidRanks {
    std::vector<std::uint64_t> doubled;
    double tie_term = 0.0;  ///< sum of t^3 - t over groups of t equal values
};
MidRanks mid_ranks(std::span<const double> values);

}  // namespace metricgate::stats
