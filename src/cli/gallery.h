#pragma once

#include "cli/prepare.h"
#include "report/gallery.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// What the evidence looks like, for reports that show it: curves, distributions, confusion,
/// columns and the examples that changed. Bounded, however large the evidence is.
report::Gallery gather_gallery(const Prepared& prepared, const verdict::GateResult& result);

}  // namespace metricgate::cli
