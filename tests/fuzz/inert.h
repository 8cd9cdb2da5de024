#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/target.h"
#include "support/text.h"

namespace metricgate::fuzz {

inline std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

/// Nothing in it that a terminal obeys, or that hides what stands beside it.
inline bool is_shown(std::string_view text) {
    std::string lines(text);
    std::replace(lines.begin(), lines.end(), '\n', ' ');
    return support::visible(lines, 0) == lines;
}

/// No runner obeys a line of it.
inline void check_lines(std::string_view text) {
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string_view line = text.substr(start, end - start);
        // A runner trims all blanks of Unicode; no other character beyond ASCII may stand there,
        // too.
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t' ||
                                 static_cast<unsigned char>(line.front()) >= 0x80)) {
            line.remove_prefix(1);
        }
        require(!line.starts_with("::"), "no line starts a workflow command", line);
        require(line.find("##[") == std::string_view::npos, "no line is a command", line);
        start = end + 1;
    }
}

}  // namespace metricgate::fuzz
