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

/// Nothing but ends: `;`, `; fi`, `; }`.
bool ends_a_block(std::string_view rest) {
    for (auto at = rest.find_first_not_of(" '\");}"); at != npos;
         at = rest.find_first_not_of(" '\");}", at + 2)) {
        if (!rest.substr(at).starts_with("fi") ||
            rest.substr(at + 2).find_first_not_of(" '\");}") == 0) {
            return false;
        }
    }
    return true;
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
            // With nothing behind it but the end of a block a semicolon changes nothing.
            return ends_a_block(line.substr(at)) ? ExitCode::kept : ExitCode::replaced;
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

/// What a simple command begins with: behind operators, words that open a block, and YAML's keys.
std::string_view last_command(std::string_view text) {
    const auto behind = [&text](std::string_view what) {
        const auto at = text.rfind(what);
        if (at != npos) {
            text.remove_prefix(at + what.size());
        }
    };
    for (const std::string_view what :
         {";", "&&", "|", "{ ", "then ", "do ", "else ", "if ", ": ", "- ", "["}) {
        behind(what);
    }
    const auto start = text.find_first_not_of(" \"'(");
    return text.substr(std::min(start, text.size()));
}

/// Where the `$(` or the backtick is that is still open at the end of the text.
std::size_t open_capture(std::string_view text) {
    if (std::ranges::count(text, '`') % 2 == 1) {
        return text.rfind('`');
    }
    int closed = 0;
    for (std::size_t at = text.size(); at-- > 0;) {
        closed += text[at] == ')' ? 1 : 0;
        if (text[at] == '(' && closed-- == 0) {
            if (at > 0 && text[at - 1] == '$') {
                return at - 1;
            }
            closed = 0;
        }
    }
    return npos;
}

/// `answer=$(...)`, alone, ends with the code of what it captures.
bool is_assignment(std::string_view command) {
    if (command.ends_with('"')) {
        command.remove_suffix(1);
    }
    return command.ends_with('=') && command.find_first_of(" $") == npos;
}

}  // namespace

bool exits_with_error(std::string_view rest) {
    constexpr std::string_view exit = "exit ";
    const auto start = rest.find_first_not_of(' ');
    if (start == npos || !rest.substr(start).starts_with(exit)) {
        return false;
    }
    const auto code = rest.substr(start + exit.size());
    return code.starts_with("$?") || (!code.empty() && code[0] >= '1' && code[0] <= '9');
}

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

ExitCode exit_code_before(std::string_view line, std::size_t program) {
    std::string_view before = line.substr(0, program);
    before = before.substr(0, before.rfind("metricgate"));
    const auto capture = open_capture(before);
    const std::string_view command = last_command(before);
    if (command.starts_with("! ")) {
        return ExitCode::negated;
    }
    if (command.starts_with("echo ") || command.starts_with("printf ")) {
        return capture == npos ? ExitCode::printed : ExitCode::captured;
    }
    const bool lost = capture != npos && !is_assignment(last_command(before.substr(0, capture)));
    return lost ? ExitCode::captured : ExitCode::kept;
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
