#pragma once

#include <cstddef>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// Percentile interval from replicates (sorted in place), type-7 quantiles. Monte Carlo sd of a
/// bound: see `monte_carlo_sd`. Unbounded when there is no replicate or one is not finite.
Interval percentile_interval(std::span<double> replicates, double confidence);

/// (1 + #{r >= 0}) / (B + 1): one-sided p of "no loss".
double bootstrap_p_not_negative(std::span<const double> replicates);

/// Monte Carlo sd of a bound at one-sided level a with B replicates of spread `standard_error`:
/// sqrt(a(1-a)/B)/phi(z_a) * se.
double monte_carlo_sd(double confidence, std::size_t replicates, double standard_error);

/// Summed exactly; infinite for fewer than two values.
double sample_standard_deviation(std::span<const double> values);

}  // namespace metricgate::stats
