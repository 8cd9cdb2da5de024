#include "report/table.h"

#include <algorithm>
#include <numeric>

#include "support/utf8.h"

namespace metricgate::report {
namespace {

bool within(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

/// Roughly Unicode's East Asian Width W and F, and the combining diacritics.
std::size_t width_of(char32_t code) {
    if (within(code, 0x300, 0x36f) || within(code, 0xfe00, 0xfe0f)) {
        return 0;
    }
    const bool wide = within(code, 0x1100, 0x115f) || within(code, 0x2e80, 0xa4cf) ||
                      within(code, 0xac00, 0xd7a3) || within(code, 0xf900, 0xfaff) ||
                      within(code, 0xfe30, 0xfe6f) || within(code, 0xff00, 0xff60) ||
                      within(code, 0xffe0, 0xffe6) || within(code, 0x1f300, 0x1faff) ||
                      within(code, 0x20000, 0x3fffd);
    return wide ? 2 : 1;
}

/// How many bytes of `text` take at most `columns`, whole characters only.
std::size_t bytes_within(std::string_view text, std::size_t columns) {
    std::size_t taken = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const support::Character next = support::first_character(text.substr(bytes));
        const std::size_t width = next.length == 0 ? 1 : width_of(next.code);
        if (taken + width > columns) {
            break;
        }
        taken += width;
        bytes += std::max<std::size_t>(1, next.length);
    }
    return bytes;
}

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest = std::max(longest, display_width(text.substr(0, end)));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return longest;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const support::Character next = support::first_character(text);
        width += next.length == 0 ? 1 : width_of(next.code);
        text.remove_prefix(std::max<std::size_t>(1, next.length));
    }
    return width;
}

std::string fit(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) {
        return std::string(text);
    }
    const std::size_t bytes = bytes_within(text, columns < 3 ? 0 : columns - 3);
    return std::string(text.substr(0, bytes)) + std::string(std::min<std::size_t>(3, columns), '.');
}

std::string pad(std::string text, std::size_t columns) {
    const std::size_t width = display_width(text);
    return text.append(width < columns ? columns - width : 0, ' ');
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t columns) {
    std::string lines;
    std::string line(indent, ' ');
    std::size_t width = indent;
    bool fresh = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        if (word.empty()) {
            continue;
        }
        const std::size_t needed = display_width(word) + (fresh ? 0 : 1);
        if (!fresh && width + needed > columns) {
            lines += line + "\n";
            line.assign(indent, ' ');
            width = indent;
            fresh = true;
        }
        if (!fresh) {
            line += ' ';
        }
        line += word;
        width += display_width(word) + (fresh ? 0 : 1);
        fresh = false;
    }
    return fresh ? lines : lines + line + "\n";
}

std::vector<std::string> cell_lines(std::string_view text, std::size_t columns, std::size_t most) {
    std::vector<std::string> lines;
    while (display_width(text) > columns && lines.size() + 1 < most) {
        const std::size_t fits = bytes_within(text, columns);
        std::size_t end = text.substr(0, fits + 1).rfind(' ');
        const bool at_blank = end != std::string_view::npos && end > 0;
        end = at_blank ? end : std::max<std::size_t>(1, fits);
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(at_blank ? end + 1 : end);
    }
    lines.push_back(fit(text, columns));
    return lines;
}

std::vector<std::size_t> Table::column_widths(std::size_t columns) const {
    constexpr std::size_t narrowest = 10;
    std::vector<std::size_t> widths(m_rows.front().size(), 0);
    std::vector<std::size_t> words(widths.size(), narrowest);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
            words[i] = std::max(words[i], longest_word(row[i]));
        }
    }
    const auto total = [&widths] {
        return std::accumulate(widths.begin(), widths.end(), 2 * (widths.size() - 1));
    };
    // The first round breaks no word, the second does.
    for (const std::vector<std::size_t>& floors :
         {words, std::vector<std::size_t>(widths.size(), narrowest)}) {
        while (total() > columns) {
            std::size_t widest = widths.size();
            for (std::size_t i = 0; i < widths.size(); ++i) {
                const bool narrows = widths[i] > floors[i];
                if (narrows && (widest == widths.size() || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest == widths.size()) {
                break;
            }
            --widths[widest];
        }
    }
    return widths;
}

}  // namespace metricgate::report
