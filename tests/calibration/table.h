#pragma once

#include <string>
#include <vector>

#include "calibration/cells.h"

namespace metricgate::calibration {

struct Measured {
    Cell cell;
    Rates rates;

    /// Whether the cell was simulated at all.
    [[nodiscard]] bool is_known() const { return rates.runs > 0; }
};

/// A part of the document: a heading, words, and one line a cell.
struct Part {
    std::string heading;
    std::string words;
    std::vector<Measured> lines;
};

/// docs/CALIBRATION.md. Of a cell that was not simulated only the beginning of its line.
std::string document(const std::vector<Part>& parts);

/// The first line of `text` that is not as in docs/CALIBRATION.md, or "": whole lines of what was
/// simulated, the beginnings of the others.
std::string first_difference(const std::string& text, const std::string& documented);

/// Why the cell misses its goal beyond 3 binomial standard deviations, or "".
std::string missed_goal(const Measured& measured);

}  // namespace metricgate::calibration
