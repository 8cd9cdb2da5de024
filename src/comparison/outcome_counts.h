#pragma once

#include "evidence/examples.h"
#include "metrics/metric.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

/// How many examples each side alone gets right, of those that count for an outcomes metric.
stats::PairedCounts paired_counts(const metrics::Metric& metric, const evidence::Examples& examples,
                                  const evidence::Rows& rows);

}  // namespace metricgate::comparison
