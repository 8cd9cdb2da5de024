#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/codes.h"
#include "support/diagnostic.h"

namespace metricgate::evidence {

/// The NaN that stands for "nothing written here", told apart from a NaN that was written by its
/// payload.
double missing_value() noexcept;
bool is_missing(double value) noexcept;

/// Where a column first holds something that cannot be compared, and how often.
struct Flaw {
    std::size_t count = 0;
    support::Location first;
    std::string text;  ///< what stood there
};

/// Numbers, one a row. Non-finite tokens are stored as they are and counted in `non_finite`; empty
/// cells are `missing_value()` and counted in `missing`. A check that uses a flawed column reports
/// the flaw; others do not care.
struct NumberColumn {
    std::vector<double> values;
    Flaw non_finite;
    Flaw missing;
};

/// Text, one a row, by code into `names`. An empty cell has the empty name and is counted in
/// `missing`. A bare NaN or infinity, which is a number gone wrong and no name, keeps its text and
/// is counted in `non_finite`.
struct CategoryColumn {
    Codes codes;
    std::vector<std::string> names;
    Flaw missing;
    Flaw non_finite;
    bool is_derived = false;  ///< cut from scores, whose flaws these are then
};

/// The canonical text of a class label: numbers in their shortest form, so that 1, 1.0 and 1e0 are
/// one class; anything else unchanged.
std::string canonical_label(std::string_view text);

/// Sorts the names (numbers by value first, then text by bytes) and recodes, so that codes do not
/// depend on row order.
void sort_names(CategoryColumn& column);

}  // namespace metricgate::evidence
