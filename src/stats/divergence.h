#pragma once

#include <cstdint>
#include <span>

namespace metricgate::stats {

/// What stands in for the share of a bin without examples, since ln 0 has no value.
enum class EmptyBins {
    floor,      ///< shares below `amount` are raised to it
    add_share,  ///< `amount` is added to every share
    add_count,  ///< `amount` is added to every count of both sides, before shares are taken
};
struct BinShares {
    EmptyBins rule = EmptyBins::floor;
    double amount = 1e-4;  ///< at least 0; with 0 an empty bin makes PSI infinite
};

// Distances between the distributions of two counted samples: `expected` (the baseline) and
// `actual`, of equal length, each with a count above 0. Natural logarithms unless said otherwise. A
// bin that is empty on both sides adds nothing.

/// Population stability index: sum (a - e) ln(a/e) over the shares, Jeffreys' divergence. Shares
/// are not normalised again after the rule. Lewis, "An Introduction to Credit Scoring", 1994.
double population_stability_index(std::span<const std::uint64_t> expected,
                                  std::span<const std::uint64_t> actual, BinShares shares);

/// Mean Kullback-Leibler divergence of both from their mean, in [0, ln 2]; no rule for empty bins
/// is needed. Lin, IEEE Transactions on Information Theory 37, 1991.
double jensen_shannon_divergence(std::span<const std::uint64_t> expected,
                                 std::span<const std::uint64_t> actual);
/// The square root of the divergence in bits, in [0, 1]: a metric.
double jensen_shannon_distance(std::span<const std::uint64_t> expected,
                               std::span<const std::uint64_t> actual);

/// sum a ln(a/e), infinite when `of` has a bin that `given` lacks.
double kullback_leibler(std::span<const std::uint64_t> of, std::span<const std::uint64_t> given);

/// Half the sum of |a - e|: the share of examples that would have to move, in [0, 1].
double total_variation(std::span<const std::uint64_t> expected,
                       std::span<const std::uint64_t> actual);

/// sqrt(half the sum of (sqrt a - sqrt e)^2), in [0, 1].
double hellinger(std::span<const std::uint64_t> expected, std::span<const std::uint64_t> actual);

/// Pearson's test that both samples come from one distribution. Bins that are empty on both sides
/// do not count.
struct Homogeneity {
    double statistic = 0.0;
    std::uint64_t degrees_of_freedom = 0;  ///< occupied bins less 1
    double p = 1.0;
    double cramers_v = 0.0;  ///< sqrt(statistic/N), in [0, 1]; Cramer 1946, for two rows
};
Homogeneity chi_square_homogeneity(std::span<const std::uint64_t> expected,
                                   std::span<const std::uint64_t> actual);

}  // namespace metricgate::stats
