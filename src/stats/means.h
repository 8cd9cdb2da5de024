#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "stats/interval.h"

namespace metricgate::stats {

/// An estimate with its standard error and the t distribution it is judged by (infinite degrees:
/// normal). An infinite standard error says that nothing is known about the uncertainty; the
/// interval is then unbounded. A standard error of exactly 0 means that all values were equal.
struct MeanEstimate {
    double mean = 0.0;
    double standard_error = 0.0;
    double degrees_of_freedom = 0.0;
    /// Of the mean itself: sum u^3 / (sum u^2)^1.5 over the independent units' parts in it, which
    /// is the sample's skewness over sqrt(n). 0 where it is not computed.
    double skewness = 0.0;
    [[nodiscard]] Interval interval(double confidence) const;
    /// P(T <= mean / se): one-sided p of "the mean is not below 0"; 1 when the standard error is 0
    /// and the mean is not negative, else 0.
    [[nodiscard]] double p_not_negative() const;
    /// The larger p of the two one-sided tests of "the mean is at most -margin" and "at least
    /// margin" (TOST: Schuirmann 1987): small means shown to be equivalent. margin > 0; without
    /// spread 0 or 1, without a known standard error 1.
    [[nodiscard]] double p_not_equivalent(double margin) const;
};

/// Mean of paired differences, n - 1 degrees of freedom. n >= 2 (below: infinite standard error).
/// Summed exactly, like all sums here: row order does not move a digit.
MeanEstimate paired_mean(std::span<const double> differences);

/// Columns of numbers that are computed block by block, as often as they are wanted, instead of
/// being kept. `visit` calls `take(column, block)` for blocks of any size and in any order; each
/// call of it gives the same numbers, `rows` in every column.
struct StreamedColumns {
    using Take = std::function<void(std::size_t column, std::span<const double> block)>;
    std::size_t columns = 1;
    std::size_t rows = 0;
    std::function<void(const Take& take)> visit;
};

/// `paired_mean` of every column, to the bit, from two visits (three for extreme magnitudes).
std::vector<MeanEstimate> paired_means(const StreamedColumns& numbers);

/// Weighted mean sum(w d)/sum(w) with the sandwich variance n/(n-1) sum w^2 (d - mean)^2 / (sum
/// w)^2. Weights are finite and not negative; an example of weight 0 does not count into n.
MeanEstimate weighted_mean(std::span<const double> differences, std::span<const double> weights);

/// Cluster-robust CR1 (Liang and Zeger 1986): t(G - 1); the comparison of examples takes CR2 below,
/// and this is what the reference tables hold. `cluster` holds codes below `clusters`;
/// clusters without examples (of positive weight) are not counted. Weights may be empty. Needs at
/// least 2 occupied clusters (below: infinite standard error). `occupied` returns G.
MeanEstimate clustered_mean(std::span<const double> differences, std::span<const double> weights,
                            std::span<const std::uint32_t> cluster, std::size_t clusters,
                            std::size_t* occupied = nullptr);

/// Cluster-robust CR2 with Satterthwaite's degrees of freedom (Bell and McCaffrey, Survey
/// Methodology 28, 2002), both under independent examples of one variance: a cluster that holds a
/// share p of the examples (or weight) has its squared sum divided by 1 - p, and few large clusters
/// leave few degrees. With clusters of one size it is CR1 with t(G - 1).
MeanEstimate bias_reduced_clustered_mean(std::span<const double> differences,
                                         std::span<const double> weights,
                                         std::span<const std::uint32_t> cluster,
                                         std::size_t clusters);

/// Those degrees from the clusters' or weighted examples' masses; NaN where one is all there is.
double satterthwaite_degrees(std::span<const double> masses);

/// first - factor * second of independent estimates: variances add, Welch-Satterthwaite degrees
/// from the degrees of each. Infinite standard error when either's is.
MeanEstimate independent_difference(const MeanEstimate& first, const MeanEstimate& second,
                                    double factor = 1.0);

/// mean(x) - factor * mean(y), unequal variances, Welch-Satterthwaite degrees. At least 2 values
/// each (below: infinite standard error).
MeanEstimate welch(std::span<const double> x, std::span<const double> y, double factor = 1.0);

}  // namespace metricgate::stats
