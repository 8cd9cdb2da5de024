#pragma once

#include <string>
#include <vector>

#include "calibration/cells.h"

namespace metricgate::calibration {

struct Measured {
    Cell cell;
    Rates rates;
};

/// A part of the document: a heading, words, and one line a cell.
struct Part {
    std::string heading;
    std::string words;
    std::vector<Measured> lines;
};

/// docs/CALIBRATION.md.
std::string document(const std::vector<Part>& parts);

/// Why the cell misses its goal beyond 3 binomial standard deviations, or "".
std::string missed_goal(const Measured& measured);

}  // namespace metricgate::calibration
