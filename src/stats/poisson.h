#pragma once

#include <cstdint>

#include "stats/interval.h"

namespace metricgate::stats {

/// Events counted over an exposure (hours, requests, examples), at a constant rate. exposure > 0.
struct EventCount {
    std::uint64_t events = 0;
    double exposure = 1.0;
    [[nodiscard]] double rate() const { return static_cast<double>(events) / exposure; }
};

/// Garwood's exact interval of one rate (Biometrika 28, 1936): 0 from below without events.
Interval poisson_rate(const EventCount& count, double confidence);

/// The exact interval of rate(first) / rate(second), given the sum of the events: Clopper and
/// Pearson's interval of the share of the first, as odds (Przyborowski and Wilenski 1940). The
/// upper end is infinite without events of the second.
Interval poisson_ratio(const EventCount& first, const EventCount& second, double confidence);

/// The exact two-sided p of equal rates: the chance of all splits of the events that are no more
/// likely than this one (up to a relative 1e-7, as R does). 1 without events.
double poisson_equal_rates(const EventCount& first, const EventCount& second);

}  // namespace metricgate::stats
