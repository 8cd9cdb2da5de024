#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

namespace metricgate::sources {

/// The unsigned integer whose bytes stand at `at`, least significant first. The caller has compared
/// the length.
template <std::unsigned_integral Integer>
[[nodiscard]] constexpr Integer little_endian(std::string_view bytes, std::size_t at) noexcept {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        const auto byte = static_cast<Integer>(static_cast<unsigned char>(bytes[at + i]));
        value = static_cast<Integer>(value | static_cast<Integer>(byte << (8 * i)));
    }
    return value;
}

}  // namespace metricgate::sources
