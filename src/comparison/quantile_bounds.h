#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "stats/mover.h"

namespace metricgate::comparison {

/// The p-quantile of sorted values between the order statistics that bound it at that confidence;
/// nothing when one of the two does not exist.
std::optional<stats::Bounded> bounded_quantile(const std::vector<double>& sorted, double p,
                                               double confidence);

/// Values needed for both bounds to exist: ceil(ln a / ln max(p, 1 - p)).
std::size_t examples_for_bounds(double p, double confidence);

}  // namespace metricgate::comparison
