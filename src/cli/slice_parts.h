#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/plan.h"
#include "evidence/examples.h"

namespace metricgate::cli {

/// Columns as the policy names them and as the file does.
struct SliceColumns {
    std::vector<std::string> roles;
    std::vector<std::string> columns;
};

SliceColumns slice_columns(const policy::Slices& slices, const PlannedInput& input);

/// The examples with one combination of slice values, and how many more of them each side has
/// alone, because pairing left those out.
struct SlicePart {
    std::vector<std::string> values;     ///< in the order of the columns
    std::vector<std::uint32_t> rows;     ///< paired, ascending
    std::array<std::size_t, 2> alone{};  ///< by evidence::Side

    /// Rows of one side, paired or not.
    [[nodiscard]] std::size_t rows_of(evidence::Side side) const {
        return rows.size() + alone[static_cast<std::size_t>(side)];
    }
    [[nodiscard]] std::size_t rows_of_larger_side() const;
};

/// Every combination of values that any example of either side has, in the order of the values.
/// A part without paired rows is one that a side has lost or gained.
std::vector<SlicePart> slice_parts(const evidence::Examples& examples,
                                   const std::vector<std::string>& columns);

}  // namespace metricgate::cli
