#include "report/escape_html.h"

#include <cstdint>

#include "support/text.h"

namespace metricgate::report {
namespace {

constexpr std::size_t sentence_limit = 600;

std::string code(std::string_view shown) {
    return "<code>" + escape_html(shown) + "</code>";
}

struct Character {
    std::uint32_t point = 0;
    std::size_t bytes = 1;
};

/// The character at the start of valid UTF-8.
Character decode(std::string_view text) {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    if (first < 0x80U) {
        return {first, 1};
    }
    const std::size_t bytes = first < 0xe0U ? 2 : first < 0xf0U ? 3 : 4;
    std::uint32_t point = first & (0xffU >> (bytes + 1));
    for (std::size_t at = 1; at < bytes; ++at) {
        point = (point << 6U) | (byte(at) & 0x3fU);
    }
    return {point, bytes};
}

std::string unit_escape(std::uint32_t unit) {
    std::string text = "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
        text += "0123456789abcdef"[(unit >> static_cast<unsigned>(shift)) & 0xfU];
    }
    return text;
}

bool is_plain(std::uint32_t point) {
    return point >= 0x20U && point < 0x7fU &&
           std::string_view("\"\\<>&#'").find(static_cast<char>(point)) == std::string_view::npos;
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += byte;
        }
    }
    return out;
}

std::string html_name(std::string_view name) {
    return name.empty() ? "(no name)" : code(short_name(name));
}

std::string html_sentence(std::string_view sentence) {
    const std::string shown = support::visible(sentence, sentence_limit);
    std::string_view rest = shown;
    std::string out;
    while (!rest.empty()) {
        const std::size_t open = rest.find('`');
        const std::size_t close = open == std::string_view::npos ? open : rest.find('`', open + 1);
        if (close == std::string_view::npos || close == open + 1) {
            return out + escape_html(rest);
        }
        out += escape_html(rest.substr(0, open)) + code(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return out;
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        const Character character = decode(rest);
        rest.remove_prefix(character.bytes);
        if (is_plain(character.point)) {
            out += static_cast<char>(character.point);
        } else if (character.point < 0x10000U) {
            out += unit_escape(character.point);
        } else {
            const std::uint32_t rest_of_point = character.point - 0x10000U;
            out += unit_escape(0xd800U + (rest_of_point >> 10U)) +
                   unit_escape(0xdc00U + (rest_of_point & 0x3ffU));
        }
    }
    return out + "\"";
}

const Sink html_sink{html_name, html_sentence};

}  // namespace metricgate::report
