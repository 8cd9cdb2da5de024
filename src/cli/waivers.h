#pragma once

#include <vector>

#include "policy/policy.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// The waivers of a policy as they stand on `today`: `unused`, or with the reason why they do not
/// count. `of_the_change`: only the change under judgement has this policy.
std::vector<verdict::Waiver> waivers_on(const policy::Policy& policy, const policy::Date& today,
                                        bool of_the_change);

}  // namespace metricgate::cli
