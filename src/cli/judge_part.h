#pragma once

#include <optional>

#include "cli/load.h"
#include "cli/plan.h"
#include "verdict/judge.h"

namespace metricgate::cli {

/// The rows that have a value on both sides, or why the check cannot use them.
struct UsableRows {
    evidence::Rows rows = evidence::Rows::all(0);
    std::optional<verdict::CheckResult> refused;
};

/// Missing values dropped or refused as the policy says.
UsableRows usable_rows(const verdict::Rule& rule, const metrics::Metric& metric,
                       const PlannedInput& input, const LoadedInput& loaded,
                       const evidence::Rows& wanted);

/// One row on some of the examples, missing values dropped or refused as the policy says. `slice`:
/// the rows are a slice of the examples, where too few labels of a class are too little data and
/// no mistake, even when the metric has no value at all there.
verdict::CheckResult judge_part(const verdict::Rule& rule, const metrics::Metric& metric,
                                const PlannedInput& input, const LoadedInput& loaded,
                                const comparison::Options& options, const evidence::Rows& wanted,
                                bool slice);

}  // namespace metricgate::cli
