#pragma once

#include "comparison/comparison.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

/// Fills `out` by Miettinen and Nurminen's interval of candidate (first) - factor * baseline
/// (second).
void judge_two_samples(const metrics::Metric& metric, const stats::TwoSamples& samples,
                       const Margin& margin, const Options& options, Comparison& out);

}  // namespace metricgate::comparison
