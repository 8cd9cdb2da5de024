#include "report/escape.h"

#include <algorithm>

#include "report/doubtful_name.h"
#include "support/hash.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

constexpr std::size_t name_limit = 120;
constexpr std::size_t sentence_limit = 600;
constexpr std::size_t word_limit = 50;

std::size_t longest_run_of_backticks(std::string_view text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char byte : text) {
        run = byte == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// A code span around text that is already visible.
std::string fenced(std::string_view shown) {
    std::string inside;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const char byte = shown[i];
        const char next = i + 1 < shown.size() ? shown[i + 1] : '\0';
        // A backslash before a pipe would unescape it in a table, a doubled # can command a runner.
        if (byte == '\\' && next == '|') {
            inside += "\\x5c";
        } else if (byte == '#' && next == '#') {
            inside += "\\x23";
        } else {
            inside += byte;
        }
    }
    const std::string fence(longest_run_of_backticks(inside) + 1, '`');
    const auto needs_blank = [](char edge) { return edge == '`' || edge == ' '; };
    const bool pad = needs_blank(inside.front()) || needs_blank(inside.back());
    const std::string blank = pad ? " " : "";
    return fence + blank + inside + blank + fence;
}

/// Two code spans must not touch: their fences would join into one that matches neither.
void append_code(std::string& out, std::string_view shown) {
    if (!out.empty() && out.back() == '`') {
        out += ' ';
    }
    out += fenced(shown);
}

bool is_emoji_byte(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte == '_' ||
           byte == '-' || byte == '+';
}

/// `:tada:` is drawn as a picture, `:100:` too; `:12:`, as in the place of a finding, is not.
bool holds_emoji(std::string_view lower) {
    for (std::size_t at = lower.find(':'); at != std::string_view::npos;
         at = lower.find(':', at + 1)) {
        const std::string_view rest = lower.substr(at + 1);
        const auto* end = std::find_if_not(rest.begin(), rest.end(), is_emoji_byte);
        const std::string_view name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        const bool is_number = name.find_first_not_of("0123456789") == std::string_view::npos;
        if (end != rest.end() && *end == ':' && !name.empty() &&
            (!is_number || name == "100" || name == "1234")) {
            return true;
        }
    }
    return false;
}

/// Words whose meaning a backslash cannot take away: hosts look for mentions, references, bare
/// addresses, mathematics and emoji in the finished text. Inside code they do not.
bool must_be_code(std::string_view word) {
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return lower.find_first_of("@#$`\\") != std::string::npos ||
           lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos ||
           lower.find("<!--") != std::string::npos || lower.find("-->") != std::string::npos ||
           lower.find("gh-") != std::string::npos || holds_emoji(lower) ||
           // GitLab's milestones; "5 %" and "95%" stay text.
           (lower.starts_with('%') && lower.size() > 1);
}

void append_word(std::string& out, std::string_view word) {
    if (must_be_code(word)) {
        append_code(out, word);
        return;
    }
    for (const char byte : word) {
        if (std::string_view("*_[]<>&|~!^{}").find(byte) != std::string_view::npos) {
            out += '\\';
        }
        out += byte;
    }
}

/// Text without paired backticks.
void append_words(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end != 0) {
            append_word(out, text.substr(0, end));
        }
        if (end == text.size()) {
            return;
        }
        out += ' ';
        text.remove_prefix(end + 1);
    }
}

bool is_letter_or_digit(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/// GitHub's runner trims all blanks of Unicode and may pass over more; a character beyond ASCII
/// that is no blank costs nothing but an escape.
bool may_be_trimmed(char byte) {
    return byte == ' ' || byte == '\t' || static_cast<unsigned char>(byte) >= 0x80;
}

/// Breaks what a runner would obey at the start of a line.
void guard_line(std::string& line) {
    const auto first = std::find_if_not(line.begin(), line.end(), may_be_trimmed);
    const auto start = static_cast<std::size_t>(first - line.begin());
    if (line.compare(start, 2, "::") == 0) {
        line.replace(start, 1, "\\x3a");
    }
    for (std::size_t at = line.find("##"); at != std::string::npos; at = line.find("##", at + 1)) {
        std::size_t after = at + 2;
        while (after < line.size() && is_letter_or_digit(line[after])) {
            ++after;
        }
        if (after < line.size() && line[after] == '[') {
            line.replace(at + 1, 1, "\\x23");
        }
    }
}

std::string hash_digits(std::string_view name) {
    std::uint64_t hash = support::hash64(name);
    std::string digits;
    for (int i = 0; i < 8; ++i) {
        digits += "0123456789abcdef"[hash >> 60U];
        hash <<= 4U;
    }
    return digits;
}

/// A name with what is hidden in it made visible, cut at `limit` bytes, and eight digits of its
/// hash.
std::string with_hash(std::string_view name, std::size_t limit = name_limit - 12) {
    // visible() cuts at a character's end and adds "...", then come a tilde and the digits.
    return support::visible(name, limit) + "~" + hash_digits(name);
}

std::string name_for_files(std::string_view name) {
    return guard_workflow_lines(name.empty() ? "(no name)" : distinct_name(name));
}

std::string sentence_for_files(std::string_view sentence) {
    return guard_workflow_lines(terminal_sentence(sentence));
}

}  // namespace

std::string short_name(std::string_view name) {
    const std::string shown = support::visible(name, 0);
    const bool doubtful = resembles_a_shown_name(name) || is_seen_in_part(name);
    return shown.size() <= name_limit && !doubtful ? shown : with_hash(name);
}

std::string distinct_name(std::string_view name) {
    const std::string shown = support::visible(name, 0);
    const bool doubtful = shown != name || resembles_a_shown_name(name);
    return shown.size() <= name_limit && !doubtful ? shown : with_hash(name);
}

std::string whole_name(std::string_view name) {
    const std::string shown = support::visible(name, 0);
    return resembles_a_shown_name(name) ? shown + "~" + hash_digits(name) : shown;
}

std::string code_span(std::string_view name) {
    return name.empty() ? "(no name)" : fenced(short_name(name));
}

std::string code_cell(std::string_view name) {
    const std::string shown = short_name(name);
    std::size_t word = 0;  // where the present word starts
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i] == ' ' || shown[i] == '-') {
            word = i + 1;
        } else if (i - word == word_limit) {
            return fenced(with_hash(name, i));
        }
    }
    return code_span(name);
}

std::string escape_markdown(std::string_view sentence) {
    const std::string shown = support::visible(sentence, sentence_limit);
    std::string_view rest = shown;
    std::string out;
    while (!rest.empty()) {
        const std::size_t open = rest.find('`');
        const std::size_t close = open == std::string_view::npos ? open : rest.find('`', open + 1);
        if (close == std::string_view::npos || close == open + 1) {
            append_words(out, rest);
            break;
        }
        append_words(out, rest.substr(0, open));
        append_code(out, rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return out;
}

std::string table_cell(std::string_view markdown) {
    std::string cell;
    for (std::size_t i = 0; i < markdown.size(); ++i) {
        if (markdown[i] == '|' && (i == 0 || markdown[i - 1] != '\\')) {
            cell += '\\';
        }
        cell += markdown[i];
    }
    return cell;
}

std::string escape_terminal(std::string_view name) {
    return name.empty() ? "(no name)" : short_name(name);
}

std::string terminal_sentence(std::string_view sentence) {
    return support::visible(sentence, sentence_limit);
}

std::string guard_json(std::string text) {
    constexpr std::string_view hash = "\\u0023";
    std::size_t at = text.find("##");
    if (at == std::string::npos) {
        return text;
    }
    // Written anew and not mended in place, which would move the rest of a long report each time.
    std::string guarded;
    guarded.reserve(text.size() + hash.size());
    std::size_t start = 0;
    for (; at != std::string::npos; at = text.find("##", start)) {
        guarded.append(text, start, at + 1 - start);
        guarded += hash;
        start = at + 2;
    }
    guarded.append(text, start);
    return guarded;
}

std::string guard_workflow_lines(std::string text) {
    std::string guarded;
    guarded.reserve(text.size());
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        guard_line(line);
        guarded += line;
        if (end < text.size()) {
            guarded += '\n';
        }
        start = end + 1;
    }
    return guarded;
}

const Sink markdown_sink{code_span, escape_markdown};
const Sink terminal_sink{escape_terminal, terminal_sentence};
const Sink file_sink{name_for_files, sentence_for_files};

}  // namespace metricgate::report
