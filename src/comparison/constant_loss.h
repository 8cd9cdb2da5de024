#pragma once

#include <cstddef>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// Evidence without variation never shows that a loss is small, and is `degenerate`. That there is
/// a loss it can show: where `units` examples, queries or clusters (of the smaller side where
/// nothing pairs them) agree, fewer than 5 % of those that they are drawn from differ, with the
/// confidence asked for, from 59 units on at 95 % (S. S. Wilks, "Determination of sample sizes for
/// setting tolerance limits", Annals of Mathematical Statistics 12 (1941), 91-96). From then on
/// `loss_claims_stand`, and the p-value is no less than that of the sign test, 2^-units.
/// A loss worse than all of its interval, which a resampling at the end of a metric's range gives,
/// stands likewise, and the interval reaches it. Leaves alone what something else keeps from
/// deciding.
void let_constant_loss_stand(std::size_t units, const Options& options, Comparison& out);

/// The same for repeated runs of two sides, of which few are enough where the worst of one side is
/// better than the best of the other: as likely as 1 / C(n1 + n2, n1) among runs of one model
/// (F. Wilcoxon's rank sum test; paired runs, all of which change for the worse: 2^-n).
void let_constant_loss_stand(const evidence::Samples& baseline, const evidence::Samples& candidate,
                             double orientation, const Options& options, Comparison& out);

}  // namespace metricgate::comparison
