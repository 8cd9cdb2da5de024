#pragma once

#include <optional>
#include <string>

#include "sources/git_library.h"
#include "sources/repository.h"
#include "support/result.h"

namespace metricgate::sources::git {

/// The commit a revision names, see Repository::resolve.
support::Result<Commit> find_revision(git_repository& repository, const std::string& text);

/// The commit that a reference leads to, through symbolic references and tag objects; nothing when
/// there is no such reference.
support::Result<std::optional<Commit>> find_reference(git_repository& repository,
                                                      const std::string& reference);

/// HEAD's commit.
support::Result<Commit> find_head(git_repository& repository);

}  // namespace metricgate::sources::git
