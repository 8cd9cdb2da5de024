#pragma once

#include <string>
#include <vector>

#include "cli/run.h"
#include "support/result.h"

namespace metricgate::cli {

/// A command line that could not be read has asked for reports all the same: `--report FORMAT=FILE`
/// and `--report=FORMAT=FILE`, wherever they stand before `--`. What an earlier run left in these
/// files is removed (see `remove_reports`), unless another argument names the same file, and so is
/// what an earlier conversion left where `convert -o FILE` was to write. Returns what could not be
/// removed.
support::Diagnostics remove_reports_of_mistaken(const std::vector<std::string>& arguments,
                                                const World& world);

}  // namespace metricgate::cli
