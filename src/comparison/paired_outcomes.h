#pragma once

#include <string>

#include "comparison/comparison.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

/// How many examples each side alone gets right, of those that count for an outcomes metric.
stats::PairedCounts paired_counts(const metrics::Metric& metric, const evidence::Examples& examples,
                                  const evidence::Rows& rows);

/// "" or why paired 0/1 outcomes are not what the metric and the examples give.
std::string outcomes_apply(const metrics::Metric& metric, const evidence::Examples& examples);

/// An interval of the difference of two paired shares, from the counts oriented so that a gain of
/// the candidate is good.
struct OutcomeInterval {
    stats::Interval (*interval)(const stats::PairedCounts&, double confidence) = nullptr;
    double (*p_no_loss)(const stats::PairedCounts&) = nullptr;
};

/// Fills `out` from that interval for delta and an absolute margin; where a relative margin makes
/// the statistic another contrast, from resamples of the four joint counts.
void judge_outcomes(const OutcomeInterval& kind, const metrics::Metric& metric,
                    const evidence::Examples& examples, const evidence::Rows& rows,
                    const Margin& margin, const Options& options, Comparison& out);

}  // namespace metricgate::comparison
