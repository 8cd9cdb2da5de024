#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sources/repository.h"
#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

/// Lists one folder of a commit's tree, see Repository::read_folder.
support::Result<std::optional<CommittedFolder>> read_committed_folder(
    const std::shared_ptr<git_repository>& repository, const Commit& commit,
    const std::string& path, const FolderLimits& limits);

}  // namespace metricgate::sources::git
