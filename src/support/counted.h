#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace metricgate::support {

/// A number of what `plural` names: (1, "queries") -> "1 query", (1, "runs of the baseline") -> "1
/// run of the baseline", (1200, "examples") -> "1,200 examples". The first word that ends in s is
/// the one that is counted.
std::string counted(std::uint64_t count, std::string_view plural);

/// The same of one thing: "counted examples" -> "counted example".
std::string singular(std::string_view plural);

}  // namespace metricgate::support
