#pragma once

#include "stats/interval.h"

namespace metricgate::stats {

/// A parameter's estimate with its own interval.
struct Bounded {
    double estimate = 0.0;
    Interval interval;
};

/// The interval of first - factor * second, recovered from the intervals
/// of the two (MOVER: Zou and Donner, Statistics in Medicine 27, 2008; with Wilson's bounds it is
/// Newcombe's method 10). Exact bounds of either side keep their skewness; infinite bounds give
/// infinite ones. Both intervals have the same confidence. `correlation` is that of the two
/// estimates, 0 for independent samples.
Interval mover(const Bounded& first, const Bounded& second, double factor = 1.0,
               double correlation = 0.0);

}  // namespace metricgate::stats
