#include "report/doubtful_name.h"

#include <algorithm>
#include <array>

#include "support/utf8.h"

namespace metricgate::report {
namespace {

bool is_hex(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

bool ends_in_a_hash(std::string_view name) {
    constexpr std::size_t digits = 8;
    if (name.size() <= digits || name[name.size() - digits - 1] != '~') {
        return false;
    }
    const std::string_view tail = name.substr(name.size() - digits);
    return std::all_of(tail.begin(), tail.end(), is_hex);
}

struct Range {
    char32_t first;
    char32_t last;
};

// The blocks of combining marks of The Unicode Standard, its blanks but the common and the
// ideographic one, and the variation selectors.
constexpr std::array hardly_seen = {
    Range{0xa0, 0xa0},     Range{0x300, 0x36f},    Range{0x483, 0x489},   Range{0x1680, 0x1680},
    Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},  Range{0x2000, 0x200a}, Range{0x202f, 0x202f},
    Range{0x205f, 0x205f}, Range{0x20d0, 0x20ff},  Range{0x2800, 0x2800}, Range{0xfe00, 0xfe0f},
    Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef}};

bool is_hardly_seen(char32_t code) {
    return std::any_of(hardly_seen.begin(), hardly_seen.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

bool has_blank_edge(std::string_view name) {
    constexpr std::string_view ideographic_blank = "\xe3\x80\x80";
    return name.starts_with(' ') || name.ends_with(' ') || name.starts_with(ideographic_blank) ||
           name.ends_with(ideographic_blank);
}

}  // namespace

bool resembles_a_shown_name(std::string_view name) {
    for (std::size_t at = name.find('\\'); at != std::string_view::npos;
         at = name.find('\\', at + 1)) {
        const std::string_view rest = name.substr(at + 1);
        if (rest.starts_with("u{") ||
            (rest.size() >= 3 && rest[0] == 'x' && is_hex(rest[1]) && is_hex(rest[2]))) {
            return true;
        }
    }
    return ends_in_a_hash(name) || name == "(no name)";
}

bool is_seen_in_part(std::string_view name) {
    if (has_blank_edge(name) || name.find("  ") != std::string_view::npos) {
        return true;
    }
    while (!name.empty()) {
        const support::Character next = support::first_character(name);
        if (is_hardly_seen(next.code)) {
            return true;
        }
        name.remove_prefix(std::max<std::size_t>(1, next.length));
    }
    return false;
}

}  // namespace metricgate::report
