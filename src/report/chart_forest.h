#pragma once

#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::report {

/// Whether a row has a change and a tolerated loss to hold it against.
bool has_place_in_forest(const verdict::CheckResult& row);

/// The intervals of rows in units of their margins, so that rows of any metric stand side by side:
/// at -1 the whole tolerated loss is used up. What lies further out than six margins is drawn as an
/// arrow at the edge.
std::string forest_spec(const std::vector<const verdict::CheckResult*>& rows);

/// The intervals of the slices of one check in the metric's own units.
std::string slices_spec(const std::vector<const verdict::CheckResult*>& rows);

}  // namespace metricgate::report
