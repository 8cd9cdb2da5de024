#include "support/hidden_characters.h"

#include <algorithm>
#include <array>
#include <utility>

#include "support/place_finder.h"
#include "support/text.h"
#include "support/utf8.h"

namespace metricgate::support {
namespace {

constexpr std::array<std::pair<char32_t, char32_t>, 6> hidden = {{
    {0x80, 0x9f},      // C1 controls; U+0085 ends a line in YAML 1.1
    {0x61c, 0x61c},    // Arabic letter mark
    {0x200e, 0x200f},  // left-to-right and right-to-left mark
    {0x2028, 0x202e},  // line and paragraph separator, embeddings and overrides
    {0x2066, 0x2069},  // isolates
    {0x206a, 0x206f},  // the deprecated ones that swap and shape
}};

}  // namespace

std::optional<Diagnostic> find_hidden_character(std::string_view text, std::string_view file) {
    PlaceFinder places(text, file);
    for (std::size_t at = 0; at < text.size();) {
        const Character character = first_character(text.substr(at));
        const bool found =
            character.length > 0 && std::ranges::any_of(hidden, [&](auto range) {
                return range.first <= character.code && character.code <= range.second;
            });
        if (found) {
            return Diagnostic{places.at(at),
                              "the character '" + visible(text.substr(at, character.length)) +
                                  "', which ends a line or turns the order of the text for some "
                                  "readers and not for others; remove it, or write it escaped in "
                                  "double quotes, such as \"\\u2028\""};
        }
        at += std::max<std::size_t>(1, character.length);
    }
    return std::nullopt;
}

}  // namespace metricgate::support
