#pragma once

#include <string>

#include "evidence/examples.h"
#include "metrics/metric.h"
#include "stats/means.h"

namespace metricgate::comparison {

/// Means over unweighted, unclustered examples of a metric that is a mean of one term each. Terms
/// are computed as they are summed and never kept, so that a million rows need no more memory than
/// a thousand.
struct TermMeans {
    stats::MeanEstimate difference;  ///< candidate - baseline
    stats::MeanEstimate baseline;
    bool constant = false;  ///< the differences are one number up to their rounding
    std::string problem;    ///< why there are no means, or empty
};
TermMeans term_means(const metrics::Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& rows);

/// Of candidate - factor * baseline, where `term_means` had no problem.
stats::MeanEstimate term_contrast(const metrics::Metric& metric, const evidence::Examples& examples,
                                  const evidence::Rows& rows, double factor);

/// Of one side alone; `problem` is empty or says why there is no mean.
stats::MeanEstimate term_mean(const metrics::Metric& metric, const evidence::Examples& examples,
                              evidence::Side side, const evidence::Rows& rows,
                              std::string& problem);

}  // namespace metricgate::comparison
