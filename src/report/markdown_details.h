#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>

#include "verdict/result.h"

namespace metricgate::report {

/// What a report had no room for.
struct LeftOut {
    std::map<std::string, std::size_t> rows;  ///< of the list of all checks, by status
    std::size_t lines = 0;                    ///< of inputs and notes
};

/// Everything below the first screen of the Markdown report, in folded sections of at most `room`
/// bytes together. If rows have to be left out, the worst stay.
std::string markdown_details(const verdict::GateResult& result, std::size_t room,
                             LeftOut& left_out);

/// One line of a table; the cells are Markdown already.
std::string markdown_row(std::initializer_list<std::string> cells);

/// The check with its slice, and its direction where lower is better.
std::string check_cell(const verdict::Rule& rule);

}  // namespace metricgate::report
