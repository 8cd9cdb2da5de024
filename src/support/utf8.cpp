#include "support/utf8.h"

#include <cstring>

#include "support/text.h"

namespace metricgate::support {

namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}

/// Skips whole words of ASCII: most inputs are nothing else.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
    constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
    while (bytes.size() - at >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if ((word & high_bits) != 0) {
            break;
        }
        at += sizeof word;
    }
    return at;
}

}  // namespace

// The well-formed sequences of The Unicode Standard, table 3-7.
Character first_character(std::string_view bytes) noexcept {
    const std::uint8_t lead = byte_at(bytes, 0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    std::size_t length = 0;
    char32_t code = 0;
    char32_t least = 0;
    if ((lead & 0xe0U) == 0xc0U) {
        length = 2;
        code = lead & 0x1fU;
        least = 0x80;
    } else if ((lead & 0xf0U) == 0xe0U) {
        length = 3;
        code = lead & 0x0fU;
        least = 0x800;
    } else if ((lead & 0xf8U) == 0xf0U) {
        length = 4;
        code = lead & 0x07U;
        least = 0x10000;
    }
    if (length == 0 || bytes.size() < length) {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint8_t next = byte_at(bytes, i);
        if ((next & 0xc0U) != 0x80U) {
            return {};
        }
        code = (code << 6U) | (next & 0x3fU);
    }
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least || code > 0x10ffff || surrogate) {
        return {};
    }
    return {code, length};
}

std::size_t find_invalid_utf8(std::string_view bytes) noexcept {
    std::size_t at = 0;
    while (at < bytes.size()) {
        at = skip_ascii(bytes, at);
        if (at == bytes.size()) {
            break;
        }
        const Character next = first_character(bytes.substr(at));
        if (next.length == 0) {
            return at;
        }
        at += next.length;
    }
    return std::string_view::npos;
}

}  // namespace metricgate::support
