#pragma once

#include <string>

#include "comparison/comparison.h"
#include "verdict/judge.h"

namespace metricgate::verdict {

/// A row about a comparison, before it is judged.
CheckResult start_row(const Rule& rule, const comparison::Comparison& comparison);

/// The row with its answer.
CheckResult& answer(CheckResult& row, Status status, std::string reason);

/// "has 12, needs at least 30 positives".
std::string lack_text(const comparison::Insufficient& lack);

}  // namespace metricgate::verdict
