#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/load.h"
#include "cli/plan.h"
#include "cli/progress.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// All rows of a run, uncorrected, in policy order; and what the run must say beside them.
struct Evaluation {
    std::vector<verdict::CheckResult> rows;
    std::size_t declared =
        0;  ///< rows that the policy asks for; a check without any row counts as one
    std::vector<std::string> warnings;
};

/// Judges every planned check on the loaded inputs (by index of Plan::inputs; unused ones are
/// empty).
Evaluation evaluate(const Plan& plan, const std::vector<std::optional<LoadedInput>>& inputs,
                    const CheckArguments& arguments, const Progress& progress = {});

/// The rows of the planned check of this index alone, uncorrected.
std::vector<verdict::CheckResult> evaluate_check(
    const Plan& plan, std::size_t check, const std::vector<std::optional<LoadedInput>>& inputs,
    const CheckArguments& arguments);

}  // namespace metricgate::cli
