#pragma once

#include <algorithm>
#include <cstdint>

namespace metricgate::sources {

/// How far packed data may grow, so that a small file cannot fill the memory: `plain` bytes come
/// out of any file, and `ratio` times its own size out of a large one.
struct UnpackedLimit {
    std::uint64_t plain = std::uint64_t{32} << 20;
    std::uint64_t ratio = 100;

    [[nodiscard]] constexpr std::uint64_t of(std::uint64_t packed, std::uint64_t most) const {
        return std::min(most, std::max(plain, packed > most / ratio ? most : packed * ratio));
    }
};

}  // namespace metricgate::sources
