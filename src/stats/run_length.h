#pragma once

#include <cstddef>
#include <optional>

namespace metricgate::stats {

/// How long charts run until they signal, on independent normal values of variance 1 whose mean is
/// `shift` off the target from the first one on. All in sigmas. The integral equation of the
/// average run length is solved by Nystrom's method with Gauss-Legendre nodes (Brook and Evans,
/// Biometrika 59, 1972; Crowder, Technometrics 29, 1987), to a relative error below 1e-9 in the
/// usual range: allowance 0.1 to 1.5, decision 1 to 15; weight 0.03 to 1, width 1.5 to 4. NaN
/// never: what cannot be solved (an argument that is not finite, or out of its range) is infinite.

/// Of the sum that watches for a rise, from 0. `allowance` >= 0, `decision` > 0.
double cusum_run_length(double allowance, double decision, double shift);

/// Of both sums together (Kemp 1961): 1 / (1 / high + 1 / low).
double two_sided_cusum_run_length(double allowance, double decision, double shift);

/// Of a two-sided EWMA from the target with its steady limits. `weight` in (0, 1], `width` > 0.
double ewma_run_length(double weight, double width, double shift);

/// Of an EWMA from the target with the limits of each point, which start narrow and widen to the
/// steady ones. One-sided: only a rise signals, and what is below the target is remembered.
/// `weight` in [0.01, 1], `width` > 0, `shift` >= 0. Limits count as steady when they are so to
/// 5e-5, so that the result holds to 1e-3 (Knoth, Sequential Analysis 22, 2003, on such limits).
double varying_ewma_run_length(double weight, double width, double shift, bool two_sided);

/// Of a moving average of `span` values in control whose limits are `width` standard deviations of
/// each average (of fewer values at the start) off the target; nothing beyond spans of 2 to 50 and
/// widths of 2 to 3.5. No equation of few variables has it: simulated to a standard error of 0.5 to
/// 1.7 %, as a multiple of the run length of independent averages, and interpolated.
std::optional<double> moving_average_run_length(std::size_t span, double width, bool two_sided);

}  // namespace metricgate::stats
