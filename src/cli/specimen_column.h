#pragma once

#include <string>
#include <vector>

#include "cli/selftest_faults.h"
#include "cli/specimen.h"

namespace metricgate::cli {

/// The candidate's column of this name, after `equalise`.
Specimen specimen_of_column(const metrics::Metric& metric, const std::string& name,
                            LoadedInput& loaded);

/// NaN among the numbers, a column that is not there; fewer rows are no fault of a column.
std::vector<BreakIn> faults_of_column(const metrics::Metric& metric, const std::string& name,
                                      LoadedInput& loaded, const Specimen& specimen);

/// Both sides of every column get the baseline's cells, or the candidate's where only it has them.
void equalise_columns(LoadedInput& loaded);

}  // namespace metricgate::cli
