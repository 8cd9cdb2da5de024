#pragma once

#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::verdict {

/// One question of the decision rule, asked with a row's own numbers.
struct DecisionStep {
    std::string question;
    std::string finding;  ///< the numbers, and yes or no
};

/// The questions that led to the row's status, in the order in which `judge` asks them, ending with
/// the one that decided.
std::vector<DecisionStep> decision_steps(const CheckResult& row);

}  // namespace metricgate::verdict
