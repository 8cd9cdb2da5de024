#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "evidence/column.h"

namespace metricgate::evidence {

/// A column as it stands in one file, whatever it holds. Nothing is paired, and no cell is refused:
/// what is wrong with a column is what the checks of data quality ask.
struct ObservedColumn {
    std::size_t rows = 0;
    std::vector<double> numbers;  ///< the finite ones, in file order
    Flaw missing;                 ///< empty cells and nulls
    Flaw non_finite;              ///< NaN and infinity, written out
    Flaw text;                    ///< cells that are no number; nor what a double cannot hold
    std::optional<CategoryColumn> categories;  ///< every cell as text, when a check needs it

    [[nodiscard]] bool is_empty() const noexcept { return missing.count == rows; }
    /// A column is numeric when every cell that is not empty is a number.
    [[nodiscard]] bool is_numeric() const noexcept { return !is_empty() && text.count == 0; }
};

/// One column on both sides. The rows of one side are other examples than those of the other, or
/// the same in any order: only their distributions are compared.
struct ColumnSides {
    std::optional<ObservedColumn> baseline;  ///< absent: that side has no such column
    std::optional<ObservedColumn> candidate;
};

}  // namespace metricgate::evidence
