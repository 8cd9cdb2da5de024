#pragma once

#include <span>
#include <vector>

namespace metricgate::stats {

/// Holm's step-down adjusted p-values, in the order given (Holm 1979).
std::vector<double> holm(std::span<const double> p);

}  // namespace metricgate::stats
