#pragma once

#include "report/json_values.h"
#include "verdict/result.h"

namespace metricgate::report {

/// A check's row of the JSON report, as schemas/report.schema.json has it.
Json json_of(const verdict::CheckResult& row);

}  // namespace metricgate::report
