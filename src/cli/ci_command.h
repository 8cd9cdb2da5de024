#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace metricgate::cli {

/// Where `metricgate check` ends in a line of ci_lines(); npos if the line does not run it.
std::size_t end_of_program(std::string_view line);

/// What a shell does with the exit code of the command that ends there.
enum class ExitCode {
    kept,
    piped,     ///< `|`: the code is that of the program behind
    replaced,  ///< `||`, `;`: the code is that of what follows
    unwaited,  ///< `&`: nobody asks for it
    negated,   ///< `!`: a fail is a success
    captured,  ///< `echo "$(...)"`: the code is that of the command around it
    printed,   ///< `echo ...`: the command does not run
};

/// By what stands behind the command.
ExitCode exit_code_behind(std::string_view line, std::size_t program);
/// By what stands before it.
ExitCode exit_code_before(std::string_view line, std::size_t program);

/// `exit 1`, `exit $?`: what ends in an error; not `exit 0`, nor `exit` alone.
bool exits_with_error(std::string_view rest);

/// The variable that `|| code=$?` at the end of the line keeps the code in; empty if none does.
std::string variable_behind(std::string_view line, std::size_t program);

}  // namespace metricgate::cli
