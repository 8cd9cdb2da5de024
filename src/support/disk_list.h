#pragma once

#include <string>
#include <vector>

#include "support/files.h"

namespace metricgate::support {

/// `FileSystem::list` on the machine's folders.
Result<std::vector<std::string>> list_on_disk(const std::string& path, std::size_t most,
                                              PathTrust trust, const std::string& root);

}  // namespace metricgate::support
