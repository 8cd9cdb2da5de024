#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// A small delimited file, all of it: what a log with a header line holds.
struct CsvRows {
    std::vector<std::string> names;  ///< of the columns, unique
    std::vector<std::vector<support::Node>>
        rows;  ///< numbers and texts with their place, as wide as `names`

    /// The index of a column, or npos.
    [[nodiscard]] std::size_t column(std::string_view name) const;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

/// Reads strictly, see `CsvFields`: ragged rows, two columns of one name and a last line without
/// its end are problems. At most five million cells.
support::Result<CsvRows> read_csv_rows(std::string_view text, const std::string& source,
                                       char delimiter = ',');

/// The fields of the first line, or nothing when it is broken; for looking at a header.
std::vector<std::string> csv_header(std::string_view text, char delimiter = ',');

}  // namespace metricgate::sources
