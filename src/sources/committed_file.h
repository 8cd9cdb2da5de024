#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "sources/repository.h"
#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

/// Reads one file of a commit's tree, see Repository::read. The bytes keep the repository alive.
support::Result<std::optional<CommittedFile>> read_committed(
    const std::shared_ptr<git_repository>& repository, const Commit& commit,
    const std::string& path, std::size_t limit);

}  // namespace metricgate::sources::git
