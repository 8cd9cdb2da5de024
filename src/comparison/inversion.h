#pragma once

#include <functional>
#include <optional>

#include "comparison/contrast.h"
#include "stats/mover.h"

namespace metricgate::comparison {

/// An interval as a function of its one-sided confidence; nothing when there is none at that level.
using IntervalAt = std::function<std::optional<stats::Interval>(double confidence)>;

/// One-sided p of "no loss": the level at which the upper end reaches 0. Bounds must widen with
/// confidence.
double p_by_inversion(const IntervalAt& interval);

/// One side's estimate with its interval at a confidence.
using SideAt = std::function<std::optional<stats::Bounded>(double confidence)>;

/// s * (candidate - factor * baseline) from the two sides' own intervals (MOVER), its standard
/// error read off the width. Nothing when a side has no interval.
std::optional<Contrast> mover_contrast(const SideAt& baseline, const SideAt& candidate,
                                       double orientation, double factor, double confidence);

/// Half the width of a two-sided interval in standard normal units.
double error_from_width(const stats::Interval& interval);

/// The distance from the estimate to the end that is nearer to 0, in the same units: what tells a
/// skewed estimate from 0.
double error_towards_zero(const stats::Bounded& bounded);

}  // namespace metricgate::comparison
