#pragma once

#include <string>

#include "verdict/selftest.h"

namespace metricgate::cli {

/// Whether a row shows that its check can fail for a loss.
bool turned_red(verdict::Status status);

/// What a row showed under a size of damage.
void record(const verdict::CheckResult& row, verdict::SelftestRow& into);

/// Why not even the worst candidate turned the row red.
std::string why_green(const verdict::CheckResult& worst);

}  // namespace metricgate::cli
