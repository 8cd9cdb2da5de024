#pragma once

#include <string>

#include "cli/origin.h"
#include "support/diagnostic.h"

namespace metricgate::cli {

/// Whether a file holds what an earlier conversion wrote: it begins as a metric file does, and this
/// run has not read it. Left where a conversion fails, it would be taken for that one's output.
bool is_old_output(const std::string& path, Opener& opener);

/// Removes it, and nothing else. Returns why that was impossible.
support::Diagnostics remove_old_output(const std::string& path, Opener& opener);

}  // namespace metricgate::cli
