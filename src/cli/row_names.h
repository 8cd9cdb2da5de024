#pragma once

#include <string>

#include "cli/plan.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// A row as reports print it, without the blank: "recall-by-language[language=tr]".
std::string row_name(const verdict::Rule& rule);

/// What was typed in the same form: blanks before `[` and after `,` do not matter.
std::string tidy_row_name(const std::string& typed);

/// The check that a row belongs to; none for a metric that no check names.
const PlannedCheck* check_of(const Plan& plan, const verdict::CheckResult& row);

/// The metric of one row of a check: `metric: "*"` and `average: per_class` have one a row.
metrics::Metric metric_of_row(const PlannedCheck& check, const verdict::Rule& rule);

}  // namespace metricgate::cli
