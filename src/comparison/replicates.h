#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "comparison/contrast.h"
#include "stats/bootstrap.h"

namespace metricgate::comparison {

/// Both sides of one metric recomputed on resamples of the same examples.
struct Replicates {
    std::vector<double> baseline;
    std::vector<double> candidate;
    std::size_t undefined = 0;  ///< resamples in which a side had no value; left out

    void add(const metrics::Value& of_baseline, const metrics::Value& of_candidate);
};

/// Appends replicates first .. first + count - 1. Replicate r must not depend on `count`.
using Draw = std::function<void(std::size_t first, std::size_t count, Replicates& into)>;

/// The interval of a statistic from its replicates (which may be sorted), beside the percentile
/// one. `factor` says which contrast they are of.
using ReplicateInterval = std::function<stats::Interval(
    std::span<double> replicates, double estimate, double factor, double confidence)>;

/// How many resamples are drawn: `start`, five times as many while a decision is within Monte Carlo
/// noise, at most `limit`. Depends on the data and the policy alone.
struct ReplicatePlan {
    std::size_t start = 2000;
    std::size_t limit = 50000;
    Draw draw;
    /// Where few units are resampled, the percentiles are taken further out.
    std::optional<stats::Expansion> expansion;
    /// Values with each unit left out, for `widen_by_jackknife`; empty where there are none.
    Replicates left_out;
    /// Where delta itself has a better interval than the percentile one.
    std::function<Contrast()> delta;
    ReplicateInterval interval;  ///< none: percentile
};

/// Interval of s * (candidate - factor * baseline) around `estimate`, the percentile one unless
/// another is given, farther out by the expansion. p is the level at which its upper end reaches 0,
/// at least 1 / (B + 1).
Contrast replicate_contrast(const Replicates& replicates, double estimate, double orientation,
                            double factor, double confidence,
                            const ReplicateInterval& kind = nullptr,
                            const std::optional<stats::Expansion>& expansion = std::nullopt);

/// Moves the bounds and the p of a contrast to those of the jackknife's standard error with
/// Student's t and Hall's correction for skewness, where they are farther: the percentile interval
/// of a skewed statistic leans the wrong way (Efron and Tibshirani 1993, ch. 11 and 14). Returns
/// the skewness of the contrast, 0 without values.
double widen_by_jackknife(const Replicates& left_out, double orientation, double factor,
                          double confidence, double degrees_of_freedom, Contrast& contrast);

/// Fills `out` from resamples, raising their number as planned. Notes: `undefined_replicates`,
/// `monte_carlo` when the number of resamples cannot settle the decision.
void judge_by_replicates(const metrics::Metric& metric, const Margin& margin,
                         const Options& options, const ReplicatePlan& plan, Comparison& out);

}  // namespace metricgate::comparison
