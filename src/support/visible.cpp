#include <fmt/format.h>

#include "support/text.h"
#include "support/utf8.h"

namespace metricgate::support {

namespace {

bool within(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

/// Characters that a terminal obeys, that XML and HTML forbid, or that change how their neighbours
/// are read without being seen.
bool is_hidden(char32_t code) {
    return code < 0x20 || within(code, 0x7f, 0x9f) ||                           // C0, DEL, C1
           code == 0x61c || within(code, 0x200e, 0x200f) ||                     // bidi marks
           within(code, 0x202a, 0x202e) || within(code, 0x2066, 0x2069) ||      // bidi controls
           within(code, 0x2028, 0x2029) ||                                      // line separators
           within(code, 0x200b, 0x200d) || within(code, 0x2060, 0x2064) ||      // zero width
           code == 0xad || code == 0x180e || code == 0xfeff ||                  // zero width
           code == 0x34f || within(code, 0x17b4, 0x17b5) || code == 0x2065 ||   // zero width
           within(code, 0x115f, 0x1160) || code == 0x3164 || code == 0xffa0 ||  // Hangul fillers
           within(code, 0x1bca0, 0x1bca3) || within(code, 0x1d173, 0x1d17a) ||  // formats
           within(code, 0xfff0, 0xfff8) || within(code, 0xe0080, 0xe00ff) ||    // never drawn
           within(code, 0x206a, 0x206f) || within(code, 0xfff9, 0xfffb) ||  // deprecated formats
           within(code, 0xfdd0, 0xfdef) || (code & 0xfffeU) == 0xfffe ||    // no characters
           within(code, 0xe0000, 0xe007f);                                  // tags
}

}  // namespace

std::string visible(std::string_view text, std::size_t limit) {
    std::string shown;
    while (!text.empty()) {
        const Character next = first_character(text);
        const std::size_t length = next.length == 0 ? 1 : next.length;
        std::string piece(text.substr(0, length));
        if (next.length <= 1 && (next.length == 0 || is_hidden(next.code))) {
            piece = fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        } else if (is_hidden(next.code)) {
            piece = fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(next.code));
        }
        if (limit != 0 && shown.size() + piece.size() > limit) {
            return shown + "...";
        }
        shown += piece;
        text.remove_prefix(length);
    }
    return shown;
}

std::string bytes_of_name(std::string_view name) {
    constexpr std::size_t longest = 400;
    std::string shown;
    bool plain = true;
    for (const char each : name) {
        const auto byte = static_cast<unsigned char>(each);
        plain = plain && byte < 0x80;
        // A backslash of the name's own must not look like the start of a byte.
        shown += each == '\\'               ? "\\\\"
                 : within(byte, 0x20, 0x7e) ? std::string(1, each)
                                            : fmt::format("\\x{:02x}", byte);
    }
    return plain ? "" : " (in bytes: " + visible(shown, longest) + ")";
}

}  // namespace metricgate::support
