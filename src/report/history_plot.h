#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "verdict/history_view.h"

namespace metricgate::report {

/// The whole history in at most `columns` characters: the height of each is the mean of what it
/// stands for. Empty for no measurements.
std::string sparkline(const verdict::MetricHistory& history, std::size_t columns, bool ascii);

/// A chart of `rows` lines, at most `columns` wide with the numbers at its left, and a line of what
/// the chart's rules say below it: `.` learning, `-` in limits, `!` rings. A column stands for as
/// many measurements as do not fit otherwise: their mean is drawn, and lighter their lowest and
/// highest. Changes of level are vertical lines in front of the first column after them.
std::vector<std::string> plot(const verdict::MetricHistory& history, std::size_t columns,
                              std::size_t rows, bool ascii);

}  // namespace metricgate::report
