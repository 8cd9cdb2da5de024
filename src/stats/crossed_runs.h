#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/means.h"

namespace metricgate::stats {

/// What a side's repeated runs add to the variance of its mean over runs and examples.
struct RunVariance {
    double of_mean = 0.0;   ///< sample variance of the runs' means / runs
    double residual = 0.0;  ///< the part of it that is noise of single examples, 0 when not known
    std::size_t runs = 0;

    /// Run-to-run variance of the mean, never below 0.
    [[nodiscard]] double own() const;
};

/// From `runs` rows of equally many values, value i of each being one example's (a two-way layout,
/// runs crossed with examples). `means` are the runs' means. At least 2 runs and 2 examples, else
/// all 0. The residual is the mean square of interaction / (runs * examples). Searle, Casella and
/// McCulloch, Variance Components, 1992, section 4.3.
RunVariance run_variance(std::span<const std::vector<double>> runs, std::span<const double> means);

/// The variance of `means` alone, where examples are weighted or clustered: the residual is counted
/// twice then, which is conservative.
RunVariance run_variance(std::span<const double> means);

/// A mean over examples, each averaged over runs, with the runs' part of the variance added:
/// candidate minus factor times baseline. A side of a single run is taken to vary as the other
/// side's runs do. Degrees of freedom after Satterthwaite, Biometrics Bulletin 2, 1946. The
/// skewness stays that of the examples: what the runs add would hide it.
MeanEstimate with_runs(const MeanEstimate& over_examples, const RunVariance& candidate,
                       const RunVariance& baseline, double factor);

}  // namespace metricgate::stats
