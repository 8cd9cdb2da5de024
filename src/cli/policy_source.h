#pragma once

#include <optional>
#include <string>

#include "cli/origin.h"
#include "policy/policy.h"
#include "support/result.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// The policy that judges, and what the report says of it.
struct LoadedPolicy {
    policy::Policy policy;
    verdict::PolicyInfo info;
    std::string
        directory;  ///< the folder that the policy's paths are relative to; "" is the current one
    std::string warning;                    ///< "the policy is new in this change ..."
    std::optional<sources::Commit> commit;  ///< that the policy was read from; none: the work tree
    bool of_the_change = false;  ///< it is new in this change, so its waivers do not count
    std::vector<std::string> loosened_waivers;  ///< what the change does to waivers, to no effect
};

/// Reads the policy: `given`, else .metricgate.yaml here or above (not above the repository's
/// root). With a revision, that commit's text judges and the work tree's is only compared with it;
/// absent there, the work tree's is used and said to be new. Nothing when no policy exists.
support::Result<std::optional<LoadedPolicy>> load_policy(const std::string& given,
                                                         const std::string& revision,
                                                         Opener& opener);

/// Parses a policy's text. Files that it extends are read beside it: from `commit` when the policy
/// comes from there, so that a change cannot loosen an inherited rule, else from the work tree.
support::Result<policy::Policy> parse_policy(std::string_view text, const std::string& source,
                                             const std::optional<sources::Commit>& commit,
                                             Opener& opener);

}  // namespace metricgate::cli
