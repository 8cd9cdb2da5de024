// Not a YAML parser: templates with `{{ }}` and scripts with mistakes must be read, too, and every
// finding needs its line.

#include "cli/ci_lines.h"

#include <algorithm>

namespace metricgate::cli {
namespace {

constexpr std::string_view blanks = " \t\r";

enum class Block { none, literal, folded };

bool is_blank(char c) {
    return blanks.find(c) != std::string_view::npos;
}

/// Where the quoted text that starts here ends; npos if this is no quote, as in "don't".
std::size_t end_of_quoted(std::string_view line, std::size_t at) {
    const bool starts =
        at == 0 || std::string_view(" \t=:,([{").find(line[at - 1]) != std::string_view::npos;
    const bool quote = line[at] == '"' || line[at] == '\'';
    return starts && quote ? line.find(line[at], at + 1) : std::string_view::npos;
}

/// `#` at the start of a line or after a blank begins a comment in YAML and in the shell, `//` in a
/// Jenkinsfile.
std::string_view without_comment(std::string_view line, bool yaml) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool starts = at == 0 || is_blank(line[at - 1]);
        if (starts && (line[at] == '#' || (!yaml && line.substr(at).starts_with("//")))) {
            return line.substr(0, at);
        }
        const auto end = yaml ? end_of_quoted(line, at) : std::string_view::npos;
        at = end == std::string_view::npos ? at : end;
    }
    return line;
}

std::string squeezed(std::string_view line) {
    std::string text;
    for (const char c : line) {
        if (!is_blank(c)) {
            text += c;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    if (text.ends_with(' ')) {
        text.pop_back();
    }
    return text;
}

/// The column of a line's key, or of the dash of an item without a key. What belongs to it stands
/// further right.
std::size_t column_of(std::string_view line) {
    auto at = std::min(line.find_first_not_of(blanks), line.size());
    while (line.substr(at).starts_with("- ")) {
        const auto next = line.find_first_not_of(blanks, at + 1);
        if (next == std::string_view::npos || line[next] == '|' || line[next] == '>') {
            return at;
        }
        at = next;
    }
    return at;
}

/// What `key: |`, `- >-` and the like open.
Block opened_by(const std::string& text) {
    const auto mark = text.find_last_not_of("+-0123456789");
    const bool opens = mark != std::string::npos && mark >= 2 && text[mark - 1] == ' ' &&
                       (text[mark - 2] == ':' || text[mark - 2] == '-');
    if (!opens) {
        return Block::none;
    }
    return text[mark] == '|' ? Block::literal : text[mark] == '>' ? Block::folded : Block::none;
}

/// An item of a list, or a key.
bool starts_anew(const std::string& text) {
    if (text == "-" || text.starts_with("- ")) {
        return true;
    }
    const auto end = text.find_first_of(":");
    const auto is_key = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-.\"'").find(c) != std::string_view::npos;
    };
    return end != std::string::npos && end > 0 && !text.starts_with("--") &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), is_key) &&
           (end + 1 == text.size() || text[end + 1] == ' ');
}

bool shell_continues(const std::string& text) {
    return text.ends_with('\\') || text.ends_with('|') || text.ends_with("&&");
}

}  // namespace

std::vector<CiLine> ci_lines(const std::string& path, std::string_view text) {
    const bool yaml = path.ends_with(".yml") || path.ends_with(".yaml");
    std::vector<CiLine> lines;
    Block block = yaml ? Block::none : Block::literal;
    std::size_t owner = 0;  // the column of the block's key
    bool paragraph = true;  // nothing to be joined with
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = without_comment(text.substr(0, end), yaml);
        text.remove_prefix(std::min(text.size(), end + 1));
        const std::string part = squeezed(line);
        if (part.empty()) {
            paragraph = true;
            continue;
        }
        if (yaml && block != Block::none && line.find_first_not_of(blanks) <= owner) {
            block = Block::none;
            paragraph = true;
        }
        bool joined = !paragraph;
        switch (block) {
            case Block::none:
                joined = joined && !starts_anew(part);
                break;
            case Block::literal:
                joined = joined && shell_continues(lines.back().text);
                break;
            case Block::folded:
                break;
        }
        if (joined) {
            std::string& before = lines.back().text;
            if (before.ends_with('\\')) {
                before.pop_back();
            }
            before += before.ends_with(' ') ? part : " " + part;
        } else {
            lines.push_back({number, part});
        }
        paragraph = false;
        const Block next = block == Block::none ? opened_by(part) : Block::none;
        if (next != Block::none) {
            block = next;
            owner = column_of(line);
            paragraph = true;
        }
    }
    return lines;
}

}  // namespace metricgate::cli
