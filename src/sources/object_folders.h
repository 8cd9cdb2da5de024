#pragma once

#include <string>
#include <vector>

#include "support/result.h"

namespace metricgate::sources::git {

/// The folder of a repository's objects and those it borrows from (`info/alternates`), each once,
/// in every place where git or libgit2 looks for them: to git a relative path is relative to the
/// folder that lists it, to libgit2 only one that begins with a dot is. A list that cannot be read
/// is a mistake.
support::Result<std::vector<std::string>> object_folders(const std::string& objects);

}  // namespace metricgate::sources::git
