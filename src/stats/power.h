#pragma once

#include <cstdint>
#include <optional>

namespace metricgate::stats {

/// (z_a + z_power) * se: the smallest drop shown to be real with probability `power`.
double smallest_detectable(double standard_error, double confidence, double power = 0.8);

/// ceil(k^2 s^2 / m^2) with s = se * sqrt(n): examples needed so that an unchanged candidate passes
/// a margin `margin` > 0 with probability `power`. Empty when it exceeds 10^15, or when nothing is
/// known: no examples, no margin, or a standard error that is 0 or infinite.
std::optional<std::uint64_t> examples_needed(double standard_error, std::uint64_t n, double margin,
                                             double confidence, double power = 0.8);

}  // namespace metricgate::stats
