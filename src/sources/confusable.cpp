#include "sources/confusable.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace metricgate::sources {

namespace {

struct LookAlike {
    std::uint32_t code;
    char latin;  ///< lower case; 0: the character cannot be seen
};

/// Letters that most fonts draw like a Latin one, and blanks, by code point. A small part of
/// Unicode's confusables table (UTS 39): the letters that keyboards produce.
constexpr std::array look_alikes = std::to_array<LookAlike>({
    {0x00A0, 0},   {0x00AD, 0},   {0x0391, 'a'}, {0x0392, 'b'}, {0x0395, 'e'}, {0x0396, 'z'},
    {0x0397, 'h'}, {0x0399, 'i'}, {0x039A, 'k'}, {0x039C, 'm'}, {0x039D, 'n'}, {0x039F, 'o'},
    {0x03A1, 'p'}, {0x03A4, 't'}, {0x03A5, 'y'}, {0x03A7, 'x'}, {0x03B1, 'a'}, {0x03B9, 'i'},
    {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03C5, 'u'}, {0x0405, 's'}, {0x0406, 'i'},
    {0x0408, 'j'}, {0x0410, 'a'}, {0x0412, 'b'}, {0x0415, 'e'}, {0x041A, 'k'}, {0x041C, 'm'},
    {0x041D, 'h'}, {0x041E, 'o'}, {0x0420, 'p'}, {0x0421, 'c'}, {0x0422, 't'}, {0x0423, 'y'},
    {0x0425, 'x'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'},
    {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x04BB, 'h'},
    {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'}, {0x200B, 0},   {0x200C, 0},   {0x200D, 0},
    {0x200E, 0},   {0x200F, 0},   {0x202F, 0},   {0x2060, 0},   {0x3000, 0},   {0xFEFF, 0},
});

char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

std::size_t length_of_character(unsigned char lead) {
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

/// The code point of valid UTF-8 bytes.
std::uint32_t decode(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(bytes[i]) & 0x3FU; };
    if (bytes.size() == 2) {
        return (static_cast<std::uint32_t>(bytes[0]) & 0x1FU) << 6U | byte(1);
    }
    if (bytes.size() == 3) {
        return (static_cast<std::uint32_t>(bytes[0]) & 0x0FU) << 12U | byte(1) << 6U | byte(2);
    }
    return 0;  // beyond the basic plane: nothing in the table
}

}  // namespace

std::string skeleton(std::string_view name) {
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        const char byte = name[at];
        if ((static_cast<unsigned char>(byte) & 0x80U) == 0) {
            if (byte > ' ' && byte != '\x7f') {
                result += lower(byte);
            }
            ++at;
            continue;
        }
        const std::string_view bytes =
            name.substr(at, length_of_character(static_cast<unsigned char>(byte)));
        at += bytes.size();
        const std::uint32_t code = decode(bytes);
        if (code >= 0xFF01 && code <= 0xFF5E) {  // full-width forms repeat ASCII in order
            result += lower(static_cast<char>(code - 0xFEE0));
            continue;
        }
        const auto* found =
            std::lower_bound(look_alikes.begin(), look_alikes.end(), code,
                             [](const LookAlike& row, std::uint32_t c) { return row.code < c; });
        if (found == look_alikes.end() || found->code != code) {
            result += bytes;
        } else if (found->latin != 0) {
            result += found->latin;
        }
    }
    return result;
}

std::vector<std::pair<std::string, std::string>> confusable_names(
    const std::vector<std::string>& names) {
    std::map<std::string, std::vector<std::string>> by_skeleton;
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& name : names) {
        auto& same = by_skeleton[skeleton(name)];
        for (const std::string& earlier : same) {
            if (earlier != name) {
                pairs.push_back({earlier, name});
            }
        }
        same.push_back(name);
    }
    return pairs;
}

}  // namespace metricgate::sources
