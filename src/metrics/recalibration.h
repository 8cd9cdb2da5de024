#pragma once

#include "metrics/metric.h"

namespace metricgate::metrics {

/// The slope b of the logistic recalibration logit P(positive) = a + b logit(score), by maximum
/// likelihood without penalty (Cox, "Two further applications of a model for binary regression",
/// Biometrika 45, 1958). 1 is right, below 1 the scores are too extreme, above 1 too timid.
/// Undefined with one class, constant scores, scores of exactly 0 or 1 or outside of (0, 1), and
/// when a threshold separates the classes, so that the likelihood has no maximum. `ranked` holds
/// scores.
Value recalibration_slope(const Ranked& ranked);

}  // namespace metricgate::metrics
