// As much of the shell's grammar as tells whether a command's exit code is that of its line.

#include "cli/ci_command.h"

#include <algorithm>

namespace metricgate::cli {
namespace {

constexpr auto npos = std::string_view::npos;

/// Behind `${{ }}` and `$( )`, whose operators are their own; `at` if none starts there.
std::size_t behind_expansion(std::string_view line, std::size_t at) {
    if (at >= line.size()) {
        return at;
    }
    if (line.substr(at).starts_with("${{")) {
        const auto end = line.find("}}", at);
        return end == npos ? at : end + 2;
    }
    if (!line.substr(at).starts_with("$(")) {
        return at;
    }
    int depth = 0;
    for (std::size_t end = at + 1; end < line.size(); ++end) {
        depth += line[end] == '(' ? 1 : line[end] == ')' ? -1 : 0;
        if (depth == 0) {
            return end + 1;
        }
    }
    return at;
}

/// The quote that is open at a place, 0 if none is: a program in it ends with it.
char quote_around(std::string_view line, std::size_t place) {
    char open = 0;
    for (std::size_t at = 0; at < place; ++at) {
        const char c = line[at];
        if (open != 0) {
            open = c == open ? '\0' : open;
        } else if (c == '"' || c == '\'') {
            open = c;
        }
    }
    return open;
}

/// `|| exit 1` and `|| exit $?` still end in an error.
bool exits_with_error(std::string_view rest) {
    constexpr std::string_view exit = "exit ";
    const auto start = rest.find_first_not_of(' ');
    if (start == npos || !rest.substr(start).starts_with(exit)) {
        return false;
    }
    const auto code = rest.substr(start + exit.size());
    return code.starts_with("$?") || (!code.empty() && code[0] >= '1' && code[0] <= '9');
}

/// What the operator at a place does; `kept` if there is none.
ExitCode operator_at(std::string_view line, std::size_t at) {
    const char before = line[at - 1];
    const char after = at + 1 < line.size() ? line[at + 1] : '\0';
    switch (line[at]) {
        case '|':
            if (after != '|') {
                return before == '>' ? ExitCode::kept : ExitCode::piped;
            }
            return exits_with_error(line.substr(at + 2)) ? ExitCode::kept : ExitCode::replaced;
        case ';':
            // With nothing behind it a semicolon changes nothing.
            return line.find_first_not_of(" '\");", at) == npos ? ExitCode::kept
                                                                : ExitCode::replaced;
        case '&': {
            const bool redirects = before == '>' || before == '<' || after == '>';
            return redirects || after == '&' || before == '&' ? ExitCode::kept : ExitCode::unwaited;
        }
        default:
            return ExitCode::kept;
    }
}

ExitCode exit_code(std::string_view line, std::size_t program, bool quotes) {
    char around = quotes ? quote_around(line, program) : '\0';
    char inner = 0;
    for (std::size_t at = program; at < line.size(); ++at) {
        for (auto next = behind_expansion(line, at); next != at && at < line.size();
             next = behind_expansion(line, at)) {
            at = next;
        }
        if (at >= line.size()) {
            break;
        }
        const char c = line[at];
        if (c == '\\') {
            ++at;
        } else if (inner != 0) {
            inner = c == inner ? '\0' : inner;
        } else if (quotes && (c == '"' || c == '\'')) {
            inner = c == around ? '\0' : c;
            around = c == around ? '\0' : around;
        } else {
            const ExitCode found = operator_at(line, at);
            if (found != ExitCode::kept) {
                return found;
            }
            at += c == '|' ? 1 : 0;  // the second half of a `||` that was looked at
        }
    }
    // A quote that nothing closes was none; what stands behind it counts.
    return inner != 0 ? exit_code(line, program, false) : ExitCode::kept;
}

}  // namespace

std::size_t end_of_program(std::string_view line) {
    constexpr std::string_view name = "metricgate";
    constexpr std::string_view command = "check";
    for (auto at = line.find(name); at != npos; at = line.find(name, at + 1)) {
        const auto next = line.find_first_not_of("\"' ", at + name.size());
        if (next != npos && next > at + name.size() && line.substr(next).starts_with(command)) {
            return next + command.size();
        }
    }
    return npos;
}

ExitCode exit_code_behind(std::string_view line, std::size_t program) {
    return exit_code(line, program, true);
}

std::string variable_behind(std::string_view line, std::size_t program) {
    constexpr std::string_view code = "=$?";
    const auto bars = line.rfind("||");
    if (bars == npos || bars < program || !line.ends_with(code) ||
        exit_code_behind(line.substr(0, bars), program) != ExitCode::kept) {
        return "";
    }
    const auto start = std::min(line.find_first_not_of(' ', bars + 2), line.size());
    const std::string name(line.substr(start, line.size() - code.size() - start));
    return name.find_first_of(" ;&|(){}'\"=") == std::string::npos ? name : "";
}

}  // namespace metricgate::cli
