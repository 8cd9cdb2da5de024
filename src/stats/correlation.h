#pragma once

#include <optional>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// Correlations of pairs (x, y) of finite numbers, in [-1, 1]; nothing when there are fewer than 2
/// pairs or one side does not vary, because then there is none.
std::optional<double> pearson(std::span<const double> x, std::span<const double> y);
/// Pearson's of the mid-ranks.
std::optional<double> spearman(std::span<const double> x, std::span<const double> y);
/// Kendall's tau-b, which allows for ties on both sides. O(n log n) (Knight, JASA 61, 1966).
std::optional<double> kendall_tau_b(std::span<const double> x, std::span<const double> y);

/// Fisher's interval of Pearson's correlation, by its inverse hyperbolic tangent; [-1, 1] for fewer
/// than 4 pairs. A correlation of exactly -1 or 1 has an interval without width.
Interval fisher_interval(double correlation, std::size_t pairs, double confidence);

/// Two-sided p of "no linear correlation", by t with n - 2 degrees of freedom; 1 for 2 pairs.
double p_no_correlation(double correlation, std::size_t pairs);

}  // namespace metricgate::stats
