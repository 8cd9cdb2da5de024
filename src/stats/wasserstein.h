#pragma once

#include <cstdint>
#include <span>

namespace metricgate::stats {

/// The area between the empirical distribution functions of two samples, in the values' units: how
/// far a value moves on average. Both sorted, at least 1 value each.
double wasserstein(std::span<const double> first, std::span<const double> second);

/// The same with a weight a value: at least 0 each, with sums above 0.
double wasserstein(std::span<const double> first, std::span<const double> first_weights,
                   std::span<const double> second, std::span<const double> second_weights);

/// What two samples of one distribution, of n and m values, show.
struct WassersteinNoise {
    double mean = 0.0;
    double exceeded = 0.0;  ///< with probability `tail`
};
/// The limit is the integral of |B(F(x))| for a Brownian bridge B (del Barrio, Gine and Matran,
/// Annals of Probability 27, 1999), F taken from the pooled, sorted values. Its mean and variance
/// are integrated from the moments of |normal| pairs; the quantile is that of the gamma
/// distribution with both. (For uniform values that is 3 % below the exact 5 % point of Johnson and
/// Killeen 1983.) 0 for a constant.
WassersteinNoise wasserstein_noise(std::span<const double> pooled, std::uint64_t n, std::uint64_t m,
                                   double tail);

}  // namespace metricgate::stats
