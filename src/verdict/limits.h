#pragma once

#include <string>

#include "verdict/result.h"

namespace metricgate::verdict {

/// What the limits of a rule say of the candidate's value.
struct LimitAnswer {
    bool judged = false;  ///< there was a limit and it could be compared
    bool broken = false;
    std::string reason;   ///< why it is broken
    std::string problem;  ///< why it could not be compared; the row is an error then
};

/// Compares the candidate's value (or the bound the limit names) with `min` and `max`. A value
/// within a few units in the last place of the limit holds, because 17/20 and 0.85 may differ
/// there.
LimitAnswer judge_limits(const Rule& rule, const comparison::Comparison& comparison);

}  // namespace metricgate::verdict
