#pragma once

#include <initializer_list>
#include <string>

#include "verdict/result.h"

namespace metricgate::report {

/// Everything below the first screen of the Markdown report, in folded sections.
std::string markdown_details(const verdict::GateResult& result);

/// One line of a table; the cells are Markdown already.
std::string markdown_row(std::initializer_list<std::string> cells);

/// The check with its slice, and its direction where lower is better.
std::string check_cell(const verdict::Rule& rule);

}  // namespace metricgate::report
