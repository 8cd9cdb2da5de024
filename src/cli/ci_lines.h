#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::cli {

/// A command or a key of a CI file, with all that a shell or YAML puts on its line.
struct CiLine {
    std::uint32_t number = 0;  ///< of the line that it starts on
    std::string text;          ///< without comments, each run of blanks as one
};

/// The lines of a YAML file, or of a Jenkinsfile, joined where a command continues: behind `\`,
/// `|`, `||` and `&&`, in a folded block, and in a plain value of several lines.
std::vector<CiLine> ci_lines(const std::string& path, std::string_view text);

}  // namespace metricgate::cli
