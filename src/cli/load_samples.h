#pragma once

#include <string>

#include "cli/load.h"
#include "cli/sides.h"

namespace metricgate::cli {

/// Reads tables of repeated measurements, a row a run: each column that a check asks for is a set
/// of samples of `LoadedInput::candidate` and `baseline`. A cell that is no finite number is a flaw
/// of its column, which the check that reads it names.
support::Result<support::Done> load_samples(const Plan& plan, std::size_t index,
                                            const std::string& format, const Sides& sides,
                                            LoadedInput& loaded);

}  // namespace metricgate::cli
