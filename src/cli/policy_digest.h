#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace metricgate::cli {

/// What tells a policy from every other: the git blob id of its text. Of a policy that builds on
/// others, the blob id of a list of such ids, one a line: its own, those of the texts that were
/// read for it in their order, and those of the built-in gates among what was `applied`.
std::string policy_digest(std::string_view text, const std::vector<std::string>& read,
                          const std::vector<std::string>& applied);

}  // namespace metricgate::cli
