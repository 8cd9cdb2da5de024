#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/prepare.h"
#include "cli/selftest_family.h"
#include "verdict/selftest.h"

namespace metricgate::cli {

/// Damages what the check of this index looks at, rung by rung, then breaks its evidence in every
/// way, and mends it again. `places`: of the damage, as damage::places_of gives them; empty where
/// the input holds no examples.
std::vector<verdict::SelftestRow> try_check(Prepared& prepared, std::size_t check,
                                            const CheckArguments& arguments,
                                            const SelftestFamily& family,
                                            const std::vector<double>& places,
                                            std::vector<std::string>& warnings);

}  // namespace metricgate::cli
