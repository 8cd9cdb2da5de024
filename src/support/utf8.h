#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metricgate::support {

/// One character at the front of some bytes.
struct Character {
    char32_t code = 0;
    std::size_t length = 0;  ///< 0: the bytes do not start with valid UTF-8
};

/// The first character of `bytes`, which must not be empty.
Character first_character(std::string_view bytes) noexcept;

}  // namespace metricgate::support
