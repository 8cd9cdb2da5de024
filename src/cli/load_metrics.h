#pragma once

#include <string>

#include "cli/load.h"
#include "cli/sides.h"

namespace metricgate::cli {

/// Reads recorded metrics, a run or several a side, into `LoadedInput::candidate` and `baseline`.
/// A run that counts twice, or is judged against itself, is refused; sides that say by
/// `data_digest` that they were measured on different data are `incomparable`.
support::Result<support::Done> load_metrics(const Plan& plan, std::size_t index,
                                            const CheckArguments& arguments,
                                            const std::string& format, const Sides& sides,
                                            Opener& opener, LoadedInput& loaded);

}  // namespace metricgate::cli
