#pragma once

#include <vector>

#include "fuzz/target.h"

namespace metricgate::fuzz {

/// Names that try to be markup, commands or something else than they look: ours, and the big list
/// of naughty strings.
std::vector<Seed> hostile_names();

}  // namespace metricgate::fuzz
