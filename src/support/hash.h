#pragma once

#include <cstdint>
#include <string_view>

namespace metricgate::support {

/// XXH3-64 of `bytes` under `seed` (xxHash's own function; stable across platforms since 0.8.0).
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0) noexcept;

/// The output function of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64-bit integers.
constexpr std::uint64_t splitmix64(std::uint64_t state) noexcept {
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ULL;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebULL;
    return state ^ (state >> 31);
}

/// SplitMix64's increment: state number r of a stream is `start + (r + 1) * golden_gamma`.
inline constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL;

}  // namespace metricgate::support
