#pragma once

#include <string>

#include "comparison/comparison.h"
#include "verdict/judge.h"

namespace metricgate::cli {

/// Why a recorded number was not measured as the baseline's was: it lacks the standard error, n or
/// counts that the baseline states, and by which the two would be judged. Empty when it was; a
/// candidate may state more than its baseline, and leave out what nothing reads. `method`: what
/// compared the two.
std::string not_measured_alike(const verdict::Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                               const std::string& method, const comparison::Options& options);

}  // namespace metricgate::cli
