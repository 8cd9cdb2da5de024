#pragma once

#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::cli {

/// The most useful things to do after this result, at most three sentences, the most useful first.
std::vector<std::string> next_steps(const verdict::GateResult& result);

}  // namespace metricgate::cli
