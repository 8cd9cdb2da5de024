#pragma once

#include <cstdint>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// An estimate with its standard error and the t distribution it is judged by (infinite degrees:
/// normal).
struct MeanEstimate {
    double mean = 0.0;
    double standard_error = 0.0;
    double degrees_of_freedom = 0.0;
    [[nodiscard]] Interval interval(double confidence) const;
    /// P(T <= mean / se): one-sided p of "the mean is not below 0"; 1 when the standard error is 0
    /// and the mean is not negative, else 0.
    [[nodiscard]] double p_not_negative() const;
};

/// Mean of paired differences, n - 1 degrees of freedom. n >= 2. Summed exactly.
MeanEstimate paired_mean(std::span<const double> differences);

/// Weighted mean sum(w d)/sum(w) with the sandwich variance n/(n-1) sum w^2 (d - mean)^2 / (sum
/// w)^2.
MeanEstimate weighted_mean(std::span<const double> differences, std::span<const double> weights);

/// Cluster-robust CR1 (STATISTICS section 4): t(G - 1). `cluster` holds codes below `clusters`;
/// clusters without examples are not counted. Weights may be empty. Needs at least 2 occupied
/// clusters. `occupied` returns G.
MeanEstimate clustered_mean(std::span<const double> differences, std::span<const double> weights,
                            std::span<const std::uint32_t> cluster, std::size_t clusters,
                            std::size_t* occupied = nullptr);

/// mean(x) - factor * mean(y), unequal variances, Welch-Satterthwaite degrees. At least 2 values
/// each.
MeanEstimate welch(std::span<const double> x, std::span<const double> y, double factor = 1.0);

}  // namespace metricgate::stats
