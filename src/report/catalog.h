#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verdict/result.h"

namespace metricgate::report {

struct Gallery;

/// How a report is to look where it has a choice.
struct Style {
    bool color = false;  ///< text only, and only on a terminal
    std::size_t columns = 100;
    bool ascii = false;  ///< charts of text without any character beyond ASCII
    const Gallery* gallery =
        nullptr;  ///< what the evidence looks like; only for formats that show it
};

/// A report format: one file, one line here, one test.
struct Format {
    std::string_view name;
    std::string_view summary;
    std::string (*render)(const verdict::GateResult&, const Style&) = nullptr;
    std::string_view mark;        ///< every report of this format begins with it
    bool shows_evidence = false;  ///< charts of the evidence itself: `Style::gallery` is filled
};

const std::vector<Format>& catalog();
const Format* find(std::string_view name);

/// Whether a file that stands where a report of `format` belongs is a report, of whichever command
/// and format: it begins with the mark of one of them. Of Code Quality a list without findings is
/// one.
bool is_report(std::string_view bytes, std::string_view format);

}  // namespace metricgate::report
