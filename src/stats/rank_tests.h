#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace metricgate::stats {

/// Two-sided p-values of a rank test.
struct RankTest {
    double statistic = 0.0;   ///< V+ or U, whole or half
    std::uint64_t n = 0;      ///< values that count
    std::uint64_t other = 0;  ///< of the second sample, for two
    /// From the distribution of the statistic given the ties (Streitberg and Roehmel 1986); nothing
    /// beyond 100 values, where the normal one is as good.
    std::optional<double> p_exact;
    double p_normal = 1.0;            ///< variance reduced by the ties
    double p_normal_corrected = 1.0;  ///< with continuity correction
};

/// Wilcoxon's signed-rank test of paired differences: zeros are dropped, ties get mid-ranks. All p
/// are 1 when every difference is 0.
RankTest wilcoxon_signed_rank(std::span<const double> differences);

/// Mann and Whitney's test; the statistic counts pairs with x above y, ties half. All p are 1 when
/// a sample is empty or all values are equal.
RankTest mann_whitney(std::span<const double> x, std::span<const double> y);

}  // namespace metricgate::stats
