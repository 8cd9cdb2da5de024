#pragma once

#include <string>

#include "cli/load.h"
#include "cli/sides.h"

namespace metricgate::cli {

/// Reads tables of predictions, an example a row, and pairs the rows of both sides: two files, two
/// columns of one file, several runs a side, or with `pair_by: none` two sets of other examples.
/// Fills `LoadedInput::examples` and what belongs to it; `incomparable` where the sides are not the
/// same population.
support::Result<support::Done> load_predictions(const PlannedInput& input,
                                                const std::string& format, const Sides& sides,
                                                LoadedInput& loaded);

}  // namespace metricgate::cli
