#pragma once

#include <vector>

#include "comparison/contrast.h"
#include "stats/hodges_lehmann.h"

namespace metricgate::comparison {

/// A contrast from ranks, where `located` already is of s * (candidate - factor * baseline).
/// Without an interval its ends are infinite: too few values bound nothing.
Contrast rank_contrast(const stats::HodgesLehmann& located, double confidence);

/// Note that the change is not the difference of the two values shown beside it.
void note_rank_estimate(Comparison& out, const char* what);

}  // namespace metricgate::comparison
