#pragma once

#include <string>
#include <vector>

#include "cli/load.h"

namespace metricgate::cli {

/// Warns of examples that `on_missing_value: drop` leaves out, with how many lack a value on which
/// side: a candidate can leave empty what it gets wrong.
void missing_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                      std::vector<std::string>& warnings);

}  // namespace metricgate::cli
