#pragma once

#include <cstdint>
#include <span>

namespace metricgate::stats {

/// The largest distance between the empirical distribution functions of two sorted samples, in [0,
/// 1]; ties share a step. At least 1 value each.
double ks_distance(std::span<const double> first, std::span<const double> second);

/// P(D >= distance) for two samples of one continuous distribution, exact: the share of lattice
/// paths from (0, 0) to (n, m) that reach the distance (Hodges, Arkiv for Matematik 3, 1958),
/// counted as first exits so that small p keep their digits. With ties it is an upper bound. Costs
/// at most n m steps. n, m >= 1.
double ks_exact_p(double distance, std::uint64_t n, std::uint64_t m);

/// Kolmogorov's limit P(K >= distance sqrt(n m/(n + m))).
double ks_limit_p(double distance, std::uint64_t n, std::uint64_t m);

/// `ks_exact_p` up to 10,000 values a side, as SciPy's default does, beyond that the limit; 0 where
/// it is below 1e-303 (Wei and Dudley, Statistics and Probability Letters 82, 2012).
double ks_p(double distance, std::uint64_t n, std::uint64_t m);

/// The distance that two samples of one distribution exceed with probability `tail`, by the first
/// term of Kolmogorov's series: sqrt(-ln(tail/2)/2) sqrt(1/n + 1/m). And their mean distance,
/// sqrt(pi/2) ln 2 sqrt(1/n + 1/m).
double ks_critical(double tail, std::uint64_t n, std::uint64_t m);
double ks_mean(std::uint64_t n, std::uint64_t m);

}  // namespace metricgate::stats
