#pragma once

#include <string>

#include "cli/plan.h"
#include "evidence/metric_file.h"
#include "verdict/judge.h"

namespace metricgate::cli {

/// Why a side has another number of runs than the policy wants: a run that is left out, such as the
/// worst one, or runs added until the result pleases. Empty when it has as many.
std::string wrong_count(const policy::Input& input, const evidence::Entry& entry, const char* side);

/// Both sides recorded: the same kind of evidence in the same unit and under the same conditions,
/// or nothing can be compared. `same_content`: one side's file is a copy of the other's.
verdict::CheckResult judge_recorded_pair(const verdict::Rule& rule, const metrics::Metric& metric,
                                         const evidence::Entry& baseline,
                                         const evidence::Entry& candidate,
                                         const PlannedInput& input,
                                         const comparison::Options& options, bool same_content);

}  // namespace metricgate::cli
