#pragma once

#include <span>

#include "stats/means.h"

namespace metricgate::stats {

/// Mean of paired differences over k folds or random splits of one data set, whose training sets
/// overlap: se^2 = s^2 (1/k + test_train_ratio), t(k - 1). `test_train_ratio` = examples tested on
/// / examples trained on, above 0: 1/(k - 1) for k-fold cross-validation. At least 2 values (below:
/// infinite standard error). Nadeau and Bengio, Machine Learning 52, 2003, equation 9 (the
/// corrected resampled t-test).
MeanEstimate corrected_mean(std::span<const double> differences, double test_train_ratio);

/// one_factor * one - runs_factor * mean(runs), where `one` is a single further run with the spread
/// of the others: se^2 = s^2 (one_factor^2 + runs_factor^2 / k), t(k - 1), the prediction interval
/// of a new observation. At least 2 runs (below: infinite standard error). Hahn and Meeker,
/// Statistical Intervals, 1991, section 4.7.
MeanEstimate single_run(double one, double one_factor, std::span<const double> runs,
                        double runs_factor);

}  // namespace metricgate::stats
