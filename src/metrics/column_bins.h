#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/metric.h"
#include "stats/drift_noise.h"

namespace metricgate::metrics {

/// Both sides of a column counted in the same bins, or why that cannot be.
struct ColumnBins {
    std::vector<std::uint64_t> expected;  ///< the baseline's counts
    std::vector<std::uint64_t> actual;
    std::string problem;
    std::vector<Remark> remarks;  ///< which bins they are
    std::size_t least = 0;        ///< cells a side that the noise level of these bins needs
};

/// A numeric column: bins of equal shares of the baseline's values, the outer ones open. A constant
/// baseline has a bin for its value and one on either side. A column of text: a bin a category of
/// either side. Empty cells have a bin of their own, if there are any.
ColumnBins bin_column(const evidence::ColumnSides& sides, const ColumnParameters& parameters);

/// A distance between the binned sides, with its noise and the p of the chi-square test.
ColumnFinding find_binned(const evidence::ColumnSides& sides, const ColumnParameters& parameters,
                          const ColumnChance& chance, const stats::BinnedDistance& distance);

}  // namespace metricgate::metrics
