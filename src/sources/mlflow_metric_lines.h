#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/mlflow_run.h"
#include "support/result.h"

namespace metricgate::sources {

/// The lines of one metric in a file store: `TIMESTAMP VALUE [STEP [DATA SET, DIGEST]]`, separated
/// by single blanks; without a step it is 0. A line that reads otherwise, or that has no line end,
/// is a problem: a value that was cut may look like another value.
support::Result<std::vector<MlflowPoint>> mlflow_metric_lines(std::string_view text,
                                                              const std::string& file);

}  // namespace metricgate::sources
