#pragma once

#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace metricgate::cli {

/// True when a CI file runs metricgate, outside comments.
bool runs_metricgate(const std::string& path, std::string_view text);

/// What in a CI file that runs metricgate makes its answer toothless, line by line: options and
/// keys that let a failed gate pass, conditions that are never met, what a shell line does with the
/// exit code, baselines and policies of the change itself; and, of the file as a whole, a policy
/// without a revision, and a checkout without history.
support::Diagnostics ci_findings(const std::string& path, std::string_view text);

}  // namespace metricgate::cli
