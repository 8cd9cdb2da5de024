#pragma once

#include <functional>
#include <string>

#include "calibration/random.h"
#include "evidence/examples.h"

namespace metricgate::calibration {

/// How the loss of an example changes, with mean 0; above 0 is worse.
struct Change {
    std::string name;
    std::function<double(Random&)> draw;
    double pseudo_median = 0.0;  ///< median of the average of two draws, what ranks estimate
};

/// On which side the long tail of a skewed change lies.
enum class Tail { losses, gains };

Change normal_changes();
Change lognormal_changes(double sigma, Tail tail);
/// Losses of both sides that are lognormal(1) each, apart.
Change lognormal_losses();
/// Most examples change by nothing, the share `changing` for the worse.
Change rare_changes(double changing);

/// Candidates worse by `loss` on the mean (or, less the change's own, on the pseudo-median).
evidence::Examples draw_losses(Random& random, std::size_t n, const Change& change, double loss);

}  // namespace metricgate::calibration
