#pragma once

#include <string>

#include "comparison/comparison.h"

namespace metricgate::verdict {

/// "has 12, needs at least 30 positives".
std::string lack_text(const comparison::Insufficient& lack);

}  // namespace metricgate::verdict
