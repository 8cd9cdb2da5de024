#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "stats/random.h"

namespace metricgate::stats {

/// A distance between two counted samples.
using BinnedDistance = std::function<double(std::span<const std::uint64_t> expected,
                                            std::span<const std::uint64_t> actual)>;

/// What two samples of one distribution show of a distance.
struct BinnedNoise {
    double mean = 0.0;
    double exceeded = 0.0;  ///< with probability `tail`
};
/// The permutation distribution: all examples are dealt to two samples of these sizes at random,
/// 1,000 times (fewer beyond 100 bins, at least 200), which is right for rare categories too. The
/// chi-square approximation of PSI (Yurdakul and Naranjo, Journal of Risk Model Validation 14,
/// 2020) needs 20 examples a bin, and is exceeded by 24 % instead of 5 % of undrifted samples with
/// 5. Both counts above 0; a single occupied bin has no noise.
BinnedNoise binned_noise(std::span<const std::uint64_t> expected,
                         std::span<const std::uint64_t> actual, const BinnedDistance& distance,
                         double tail, Stream stream);

/// Mean of PSI without drift where every bin is large: (k - 1)(1/n + 1/m) for k occupied bins.
double psi_null_mean(std::uint64_t bins, std::uint64_t n, std::uint64_t m);

}  // namespace metricgate::stats
