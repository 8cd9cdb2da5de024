#pragma once

#include "sources/git_library.h"

namespace metricgate::sources::git {

/// Puts a reader of loose objects before libgit2's own, in the repository and in the object folders
/// that it borrows from: what is damaged in a way that libgit2 cannot stand, and what is no regular
/// file, is refused here (inflate_object.h). The hash is compared by libgit2 afterwards. Returns
/// libgit2's code.
int guard_loose_objects(git_repository& repository);

}  // namespace metricgate::sources::git
