#pragma once

#include <string>

namespace metricgate::sources {

/// Loads and starts libcurl once for the process; safe from several threads. Gives back why that is
/// impossible, or nothing. No function of it may be called before, or after a failure.
const std::string& start_curl();

}  // namespace metricgate::sources
