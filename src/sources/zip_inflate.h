#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace metricgate::sources {

/// Unpacks the bytes of one zip member, which must make exactly `size` bytes. The problem is one
/// sentence, without a place.
struct Inflated {
    std::string bytes;
    std::string problem;  ///< empty when all went well
};

Inflated inflate_deflate(std::string_view packed, std::uint64_t size);
/// Several frames may follow each other.
Inflated inflate_zstd(std::string_view packed, std::uint64_t size);
/// CRC-32 as zip has it.
std::uint32_t crc32_of(std::string_view bytes) noexcept;

}  // namespace metricgate::sources
