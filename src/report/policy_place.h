#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "verdict/result.h"

namespace metricgate::report {

/// Where hosts show a finding: a line of the policy, as a path in the repository.
struct PolicyPlace {
    std::string file;  ///< as in the work tree, without the revision that it was read from
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// The line of the row's check; of the run (null) the policy's first line. A shipped gate is no
/// file of the repository: then the place where a policy would be looked for.
PolicyPlace place_of(const verdict::CheckResult* row, const verdict::PolicyInfo& policy);

/// 32 hex digits that stay the same as long as the policy's file, the check and its slice do.
/// `row` is null for the run.
std::string fingerprint(const verdict::CheckResult* row, const verdict::PolicyInfo& policy);

}  // namespace metricgate::report
