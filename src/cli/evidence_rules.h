#pragma once

#include "cli/plan.h"

namespace metricgate::cli {

/// Reports what a check of examples or recorded numbers cannot ask of its metric and its input:
/// margins where nothing is compared or a share is wanted, pairs where nothing is paired, slices of
/// numbers.
void check_evidence_rules(const PlannedCheck& check, const PlannedInput& input,
                          support::Diagnostics& problems);

/// Reports a margin of 0 where noise would fail an unchanged model.
void refuse_margin_zero(const PlannedCheck& check, const PlannedInput& input,
                        support::Diagnostics& problems);

}  // namespace metricgate::cli
