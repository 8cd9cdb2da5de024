#pragma once

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

}  // namespace metricgate::stats
