#pragma once

#include "stats/interval.h"
#include "stats/means.h"

namespace metricgate::stats {

/// Student's t interval of a mean, widened where the data are skewed: each bound is the farther one
/// of t's and of Hall's, which inverts g(T) = T + k T^2/3 + k^2 T^3/27 + k/6 with k =
/// skewness/sqrt(n) (Hall, JRSS B 54, 1992, eq. 2.2). t errs towards the long tail and Hall's
/// correction towards the short one, so that neither alone is safe. Unbounded where nothing is
/// known of the uncertainty.
Interval skew_widened_interval(const MeanEstimate& estimate, double confidence);

/// One-sided p of "the mean is not below 0", the level at which that interval's upper end reaches
/// 0.
double skew_widened_p_not_negative(const MeanEstimate& estimate);

/// The number of independent units from which the widened interval can be trusted with such a
/// skewness: 16 times its square, as long as the skewness is more than the noise of so few units (n
/// is the number at hand). 0 when n is enough.
std::size_t units_for_skewness(double skewness_over_root_n, double n);

}  // namespace metricgate::stats
