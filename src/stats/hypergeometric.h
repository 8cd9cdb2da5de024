#pragma once

#include <cstdint>

#include "stats/random.h"

namespace metricgate::stats {

/// How many of `draws` balls, taken without putting back from `good` and `bad` ones, are good.
/// draws <= good + bad. Inversion over the probabilities that matter, by their ratios outwards from
/// the mode: O(standard deviation), and nothing but arithmetic, so the same on every machine.
std::uint64_t hypergeometric(Stream& stream, std::uint64_t good, std::uint64_t bad,
                             std::uint64_t draws);

}  // namespace metricgate::stats
