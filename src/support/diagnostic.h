#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::support {

/// A place in an input. Line and column count from 1 in bytes; 0 means "the whole file".
struct Location {
    std::shared_ptr<const std::string> file;  ///< shared, because thousands of nodes name one file
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// One problem: what was found, what was wanted, how to fix it.
struct Diagnostic {
    Location where;
    std::string message;
};

using Diagnostics = std::vector<Diagnostic>;

/// A problem of a whole file, or of what is called so: "command line".
Diagnostic problem_in(std::string_view file, std::string message);

/// A location in `file`; line and column as in `Location`.
Location in_file(std::string_view file, std::uint32_t line = 0, std::uint32_t column = 0);

/// `file:line:column`, without the parts that are not known; control bytes made visible.
std::string describe(const Location& where);

/// `file:line:column: message`, one line, control bytes made visible, at most 400 bytes.
std::string describe(const Diagnostic& problem);

}  // namespace metricgate::support
