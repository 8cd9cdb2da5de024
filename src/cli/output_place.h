#pragma once

#include <string>

#include "support/files.h"
#include "support/written_place.h"

namespace metricgate::cli {

/// Where an output that is called `path` would be written. Of files in memory, which have no links,
/// nothing is known and nothing refused.
support::WrittenPlace output_place(const std::string& path, support::FileSystem& files);

}  // namespace metricgate::cli
