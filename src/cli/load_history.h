#pragma once

#include <string>

#include "cli/load.h"

namespace metricgate::cli {

/// Reads an input of kind history: the values over time, the newest value as the candidate, and
/// where anchors stand. The newest value is that of the file that the command line, `candidate:`
/// or, for git, `path:` names; without one the last point of each history. Where the file is what
/// the last point was read from, the two are one.
support::Result<LoadedInput> load_history(const Plan& plan, std::size_t index,
                                          const CheckArguments& arguments,
                                          const std::string& policy_directory, Opener& opener);

}  // namespace metricgate::cli
