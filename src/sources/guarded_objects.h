#pragma once

#include <memory>

#include "sources/git_library.h"
#include "support/result.h"

namespace metricgate::sources::git {

class Watchdog;

/// Puts a reader of objects before libgit2's own, in the repository and in the object folders that
/// it borrows from (object_folders.h). A loose object that is damaged in a way that libgit2 cannot
/// stand, and what is no regular file, is refused here (inflate_object.h); of a packed one the
/// deltas are followed under the watchdog. A commit, tree or tag of more than 256 MiB is refused.
/// The hash is compared by libgit2 afterwards.
support::Result<support::Done> guard_objects(git_repository& repository,
                                             std::shared_ptr<Watchdog> watchdog);

}  // namespace metricgate::sources::git
