#pragma once

#include <cstdint>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::comparison {

/// One side's scores as DeLong needs them.
struct Placements {
    std::vector<std::uint32_t> doubled;  ///< see stats::placements; empty when not all are finite
    std::vector<std::uint8_t> positive;
    bool finite = true;
    bool constant = true;  ///< all scores are equal
};

Placements placements_of(const evidence::Examples& examples, evidence::Side side,
                         const evidence::Rows& rows);

}  // namespace metricgate::comparison
