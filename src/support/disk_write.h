#pragma once

#include <string>
#include <string_view>

#include "support/files.h"

namespace metricgate::support {

/// `FileSystem::write` on the machine's files.
Result<Done> write_to_disk(const std::string& path, std::string_view bytes);

}  // namespace metricgate::support
