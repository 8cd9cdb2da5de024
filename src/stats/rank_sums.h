#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Chances of the sums 0, 1, 2, ... of those scores whose fair coin shows heads: the null
/// distribution of a signed-rank statistic, ties included. Time and memory grow with the number of
/// scores times their sum.
std::vector<double> signed_sum_chances(std::span<const std::uint64_t> scores);

/// Chances of the sums of `drawn` scores drawn at random without replacement: the null distribution
/// of a rank-sum statistic, ties included.
std::vector<double> drawn_sum_chances(std::span<const std::uint64_t> scores, std::size_t drawn);

}  // namespace metricgate::stats
