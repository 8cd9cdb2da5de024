#pragma once

#include <cstdint>
#include <vector>

#include "evidence/column.h"

namespace metricgate::sources {

/// Rows where two columns of the same examples do not say the same, ascending. Names are compared,
/// not codes.
std::vector<std::uint32_t> differing_rows(const evidence::CategoryColumn& baseline,
                                          const evidence::CategoryColumn& candidate);

/// The same for numbers: equal values agree, so do two missing entries, and two NaNs that were
/// written.
std::vector<std::uint32_t> differing_rows(const evidence::NumberColumn& baseline,
                                          const evidence::NumberColumn& candidate);

}  // namespace metricgate::sources
