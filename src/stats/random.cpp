#include "stats/random.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "stats/wide.h"
#include "support/hash.h"

namespace metricgate::stats {

namespace {

constexpr std::uint64_t weights_per_output = 8;

// Byte to weight: 94, 95, 46, 16, 4 and 1 of the 256 bytes give 0, 1, 2, 3, 4 and 5. The mean is
// (95 + 2*46 + 3*16 + 4*4 + 5)/256 = 1, the mean square (95 + 4*46 + 9*16 + 16*4 + 25)/256 = 2.
constexpr std::array<std::uint8_t, 256> weight_table = [] {
    constexpr std::array<unsigned, 6> counts{94, 95, 46, 16, 4, 1};
    std::array<std::uint8_t, 256> table{};
    std::size_t byte = 0;
    for (std::size_t weight = 0; weight < counts.size(); ++weight) {
        for (unsigned i = 0; i < counts[weight]; ++i) {
            table[byte++] = static_cast<std::uint8_t>(weight);
        }
    }
    return table;
}();

constexpr std::uint8_t weight_of(std::uint64_t output, std::uint64_t index) {
    return weight_table[(output >> (8 * index)) & 0xff];
}

// Where a unit's stream starts. The seed is mixed before it meets the hash, so that neighbouring
// seeds and neighbouring hashes start far apart.
constexpr std::uint64_t start_of(std::uint64_t seed, std::uint64_t unit_hash) {
    return support::splitmix64(unit_hash ^ support::splitmix64(seed + support::golden_gamma));
}

}  // namespace

Stream Stream::of_unit(std::uint64_t seed, std::uint64_t unit_hash) noexcept {
    return Stream(start_of(seed, unit_hash));
}

std::uint64_t Stream::next() noexcept {
    m_state += support::golden_gamma;
    return support::splitmix64(m_state);
}

double Stream::uniform() noexcept {
    std::uint64_t bits = 0;
    while (bits == 0) {
        bits = next() >> 11;
    }
    return static_cast<double>(bits) * 0x1p-53;
}

// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019): the high half of a
// product is uniform once the low halves that make it uneven are drawn again.
std::uint64_t Stream::below(std::uint64_t bound) noexcept {
    assert(bound > 0);
    Uint128 product = static_cast<Uint128>(next()) * bound;
    auto low = static_cast<std::uint64_t>(product);
    if (low < bound) {
        const std::uint64_t uneven = (0 - bound) % bound;
        while (low < uneven) {
            product = static_cast<Uint128>(next()) * bound;
            low = static_cast<std::uint64_t>(product);
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

void unit_weights(std::uint64_t seed, std::uint64_t unit_hash, std::uint64_t first_replicate,
                  std::span<std::uint8_t> weights) noexcept {
    assert(first_replicate % weights_per_output == 0);
    Stream stream(start_of(seed, unit_hash) +
                  first_replicate / weights_per_output * support::golden_gamma);
    std::size_t i = 0;
    for (; i + weights_per_output <= weights.size(); i += weights_per_output) {
        const std::uint64_t output = stream.next();
        for (std::uint64_t byte = 0; byte < weights_per_output; ++byte) {
            weights[i + byte] = weight_of(output, byte);
        }
    }
    if (i < weights.size()) {
        const std::uint64_t output = stream.next();
        for (std::uint64_t byte = 0; i < weights.size(); ++i, ++byte) {
            weights[i] = weight_of(output, byte);
        }
    }
}

}  // namespace metricgate::stats
