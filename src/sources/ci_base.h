#pragma once

#include <optional>
#include <string>

#include "sources/repository.h"
#include "support/result.h"

namespace metricgate::sources {

/// What the CI says about the base of this run. Everything may be empty.
struct CiBase {
    std::string commit;  ///< full id of the base, whatever HEAD is
    std::string branch;  ///< target branch: the base is the merge base with it
    std::string from;    ///< where `commit` or `branch` was read
    /// The pull request's merge commit, when the CI names it: no other merge commit is one.
    std::optional<std::string> merge_commit;
    std::string default_branch;
    /// Full id of what a pushed branch that is not the default one held before this push, and where
    /// that was read.
    std::string before;
    std::string before_from;
};

/// Reads the CI's variables and GitHub's event file. An event file that cannot be read is a
/// problem: its word on the base is then unknown.
support::Result<CiBase> ci_base(const CiContext& ci);

}  // namespace metricgate::sources
