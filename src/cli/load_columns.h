#pragma once

#include <string>

#include "cli/load.h"
#include "cli/sides.h"

namespace metricgate::cli {

/// Reads what the column checks of the input look at: each column as it stands in both files,
/// whatever is paired. A column that a side lacks is left absent. Nothing to do without such
/// checks.
support::Result<support::Done> load_columns(const Plan& plan, std::size_t index,
                                            const std::string& format, const Sides& sides,
                                            LoadedInput& loaded);

}  // namespace metricgate::cli
