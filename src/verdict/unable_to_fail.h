#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::verdict {

/// The largest loss that any candidate can show against the baseline's value, from the range of the
/// metric; nothing where the range is open, not known, or not the one the values lie in.
std::optional<double> largest_loss(const CheckResult& row);

/// Why no candidate could turn this row red on this data: "a loss of 0.2 is impossible, ...". Empty
/// when one could, and when that is not known (the row was not compared).
std::string unable_to_fail(const CheckResult& row);

/// A warning that names the blocking rows that pass and could do nothing else on this data, and why
/// the first of them cannot; empty when there is none. `metricgate power` says it of each.
std::string warning_of_unable(const std::vector<CheckResult>& rows);

}  // namespace metricgate::verdict
