#pragma once

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// One side that is examples of its own, in the candidate's columns; the metric is resolved against
/// their classes.
struct OneSide {
    const metrics::Metric& metric;
    const evidence::Examples& examples;
    const evidence::Rows& rows;
};

/// Two sides that are different examples: nothing pairs them, the noise of both counts in full.
Comparison compare_different(const OneSide& baseline, const OneSide& candidate,
                             const Margin& margin, const Options& options);

}  // namespace metricgate::comparison
