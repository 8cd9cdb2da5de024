#pragma once

namespace metricgate::comparison {

/// delta + margin, where anything within 4 ulp of `scale` (the larger of the two values compared)
/// is exactly 0. Decimal inputs round: 0.79 - 0.80 <= -0.01 holds in doubles and 0.93 - 0.94 <=
/// -0.01 does not, yet both are a loss that equals the margin.
double oriented_excess(double delta, double margin, double scale);

/// `excess` = delta + margin that was computed as one linear statistic, rounded by the same rule.
double rounded_excess(double excess, double scale);

/// True when the oriented change `delta` loses the margin or more.
bool reaches(double delta, double margin, double scale);

/// One unit in the last place of |scale|.
double unit_in_last_place(double scale);

}  // namespace metricgate::comparison
