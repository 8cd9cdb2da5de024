#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::report {

/// A sentence: quoted, with an apostrophe before what a spreadsheet would take for a formula.
std::string csv_cell(std::string_view sentence);

/// The same of a name, whole, so that two names that differ stay apart.
std::string csv_name_cell(std::string_view name);

/// A number that reads back as the same double; empty where there is none.
std::string csv_cell(const std::optional<double>& value);

/// Cells with commas between them, and the end of the line.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace metricgate::report
