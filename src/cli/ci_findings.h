#pragma once

#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace metricgate::cli {

/// True when a CI file runs metricgate, outside comments.
bool runs_metricgate(std::string_view text);

/// What in a CI file that runs metricgate makes its answer toothless, line by line: `--no-fail`,
/// `continue-on-error: true`, `allow_failure: true`, `|| true`, a pipe behind the gate; and, of the
/// file as a whole, a policy that the change itself may loosen, and a checkout without history.
support::Diagnostics ci_findings(const std::string& path, std::string_view text);

}  // namespace metricgate::cli
