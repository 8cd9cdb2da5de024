#pragma once

#include <cstddef>
#include <optional>

#include "sources/commit_objects.h"
#include "sources/repository.h"
#include "support/result.h"

namespace metricgate::sources::git {

/// Reads one file of a commit's tree, see Repository::read. The bytes keep the repository alive.
support::Result<std::optional<CommittedFile>> read_committed(const CommitObjects& objects,
                                                             std::size_t limit);

}  // namespace metricgate::sources::git
