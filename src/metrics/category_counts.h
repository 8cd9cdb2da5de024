#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "evidence/observed_column.h"

namespace metricgate::metrics {

/// Rows a category, without those whose cell is empty. The column has its categories read.
std::map<std::string, std::uint64_t> category_counts(const evidence::ObservedColumn& column);

}  // namespace metricgate::metrics
