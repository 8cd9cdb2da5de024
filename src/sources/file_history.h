#pragma once

#include <memory>
#include <string>

#include "sources/repository.h"
#include "sources/watchdog.h"
#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

/// Walks a file through the commits, see Repository::walk. The bytes keep the repository alive.
support::Result<FileHistory> walk_file(const std::shared_ptr<git_repository>& repository,
                                       const std::shared_ptr<Watchdog>& watchdog,
                                       const Commit& newest, const std::string& path,
                                       const WalkLimits& limits);

}  // namespace metricgate::sources::git
