#pragma once

#include <string>
#include <vector>

#include "support/node.h"

namespace metricgate::policy {

/// What differs between the policy that judged and another text of it, setting by setting, in the
/// order of their paths: "accuracy.margin.abs: 0.01 -> 0.05", "recall: added", "min_examples:
/// removed". List items with an `id` go by that id, waivers by
/// what they are for.
std::vector<std::string> changes(const support::Node& judged, const support::Node& other);

}  // namespace metricgate::policy
