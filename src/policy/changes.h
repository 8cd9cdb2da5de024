#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"
#include "support/node.h"

namespace metricgate::policy {

/// What differs between the policy that judged and another text of it, setting by setting, in the
/// order of their paths: "accuracy.margin.abs: 0.01 -> 0.05", "recall: added", "min_examples:
/// removed". List items with an `id` go by that id, waivers by
/// what they are for.
std::vector<std::string> changes(const support::Node& judged, const support::Node& other);

/// A policy as it is written, with the way to the files that it extends.
struct PolicyText {
    std::string_view bytes;
    std::string source;
    Extends extends;
};

/// The same between two policies with all that they extend: what is loosened in an extended file
/// is a change, too. Of `extends` itself the policies' own texts are compared. Nothing when one of
/// them cannot be put together.
std::optional<std::vector<std::string>> merged_changes(const PolicyText& judged,
                                                       const PolicyText& other);

}  // namespace metricgate::policy
