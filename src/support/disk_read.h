#pragma once

#include <string>

#include "support/files.h"

namespace metricgate::support {

/// `FileSystem::read` on the machine's files.
Result<Bytes> read_from_disk(const std::string& path, std::size_t limit, PathTrust trust,
                             const std::string& root);

/// Where a path that a policy names really leads, when that is inside `root`; a problem otherwise.
Result<std::string> confine(const std::string& path, const std::string& root);

}  // namespace metricgate::support
