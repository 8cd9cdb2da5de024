#pragma once

#include <string>

#include "cli/load.h"
#include "cli/sides.h"

namespace metricgate::cli {

/// Several files of predictions a side, such as one a seed: every run is paired with the first file
/// of the baseline (of the candidate on a first run), so that row i is one example in all of them.
/// Fills `LoadedInput::examples` with the first run of both sides, and the runs.
support::Result<support::Done> load_prediction_runs(const PlannedInput& input,
                                                    const std::string& format, const Sides& sides,
                                                    LoadedInput& loaded);

}  // namespace metricgate::cli
