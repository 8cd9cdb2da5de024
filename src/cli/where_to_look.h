#pragma once

#include <optional>

#include "cli/next_steps.h"
#include "cli/prepare.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// Which examples show what went wrong: of the first blocking row that got worse and whose examples
/// can be listed. Nothing when there is no such row.
std::optional<WhereToLook> where_to_look(const Prepared& prepared,
                                         const verdict::GateResult& result);

}  // namespace metricgate::cli
