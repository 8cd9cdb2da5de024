#pragma once

#include <string>

#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

/// What the file that `commit` has at `path` was called in `parent`, which has no such path: the
/// file that git's own detection takes it for (at least half of the content is the same), or empty
/// where it is new. Both commits by their full ids.
support::Result<std::string> name_before(git_repository& repository, const std::string& parent,
                                         const std::string& commit, const std::string& path);

}  // namespace metricgate::sources::git
