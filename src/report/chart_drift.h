#pragma once

#include <string>
#include <vector>

#include "report/gallery.h"
#include "verdict/result.h"

namespace metricgate::report {

/// Whether a row of a column check has a value and a limit to hold it against.
bool has_place_in_drift(const verdict::CheckResult& row);

/// The value of such a row as a part of its limit: above 1 it is broken.
double used_of_limit(const verdict::CheckResult& row);

/// What was found of columns, in units of the limits, so that rows of any metric stand side by
/// side, with the level of noise. What is larger than five limits is an arrow at the edge.
std::string drift_spec(const std::vector<const verdict::CheckResult*>& rows);

/// The shares of the categories of a column of text on both sides.
std::string categories_spec(const CategoryShares& column);

}  // namespace metricgate::report
