#pragma once

#include <string>

#include "sources/repository.h"
#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

/// See Repository::automatic_baseline.
support::Result<Commit> find_automatic_baseline(git_repository& repository, const CiContext& ci);

/// The merge base of HEAD and a branch, named as in Repository::resolve.
support::Result<Commit> find_merge_base(git_repository& repository, const std::string& branch);

}  // namespace metricgate::sources::git
