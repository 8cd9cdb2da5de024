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

/// Whether a recorded standard error is none: 0, or the few units in the last place that equal
/// numbers leave when a program computes how they spread.
bool is_rounding(double standard_error, double value);

/// Whether what lies between two ends is one number but for rounding: within a few ulp of `scale`,
/// the larger of the two values compared, or within a billionth of the number itself. Differences
/// of losses keep the rounding of the labels and predictions that they come from, which may be
/// larger than all of them by far; no measurement repeats itself to nine digits.
bool is_one_number(double lowest, double highest, double scale);

}  // namespace metricgate::comparison
