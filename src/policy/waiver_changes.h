#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"

namespace metricgate::policy {

/// The waivers of `other` that the policy that judges does not have, or that excuse more than
/// there: a later end, a larger loss, a whole check instead of a slice. One sentence each.
std::vector<std::string> loosened_waivers(const Policy& judged, const Policy& other);

}  // namespace metricgate::policy
