#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Finite values by their ranks, so that the energy statistics of all splits of any order of them
/// cost O(n log n).
class RankedValues {
public:
    explicit RankedValues(std::span<const double> values);

    /// `energy_of_splits` of the values in `order`, which holds each position once.
    void energies(std::span<const std::size_t> order, std::vector<double>& energies);

private:
    std::vector<double> m_sorted;
    std::vector<std::size_t> m_ranks;       ///< by position; equal values share their lowest
    std::vector<double> m_distance_to_all;  ///< by rank
    std::vector<double> m_counts, m_sums;   ///< a binary indexed tree over ranks
};

}  // namespace metricgate::stats
