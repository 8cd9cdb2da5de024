#pragma once

#include <optional>

#include "sources/commit_objects.h"
#include "sources/repository.h"
#include "support/result.h"

namespace metricgate::sources::git {

/// Lists one folder of a commit's tree, see Repository::read_folder.
support::Result<std::optional<CommittedFolder>> read_committed_folder(const CommitObjects& objects,
                                                                      const FolderLimits& limits);

}  // namespace metricgate::sources::git
