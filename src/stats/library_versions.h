#pragma once

#include <vector>

#include "support/library_versions.h"

namespace metricgate::stats {

/// The libraries of this room.
std::vector<support::LibraryVersion> library_versions();

}  // namespace metricgate::stats
