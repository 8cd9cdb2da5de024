#include "stats/exact_sum.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

namespace metricgate::stats {

namespace {

constexpr int chunk_bits = 32;
constexpr std::uint64_t chunk_mask = 0xffffffffULL;
constexpr int fraction_bits = 52;
constexpr std::uint64_t fraction_mask = (1ULL << fraction_bits) - 1;
constexpr unsigned largest_exponent = 0x7ff;  // infinities and NaN
constexpr int precision = 53;
constexpr int lowest_weight = -1074;  // chunk 0 counts units of 2^-1074

}  // namespace

void ExactSum::add(double term) noexcept {
    const auto bits = std::bit_cast<std::uint64_t>(term);
    const auto exponent = static_cast<unsigned>(bits >> fraction_bits) & largest_exponent;
    assert(exponent != largest_exponent);
    if (exponent == largest_exponent) {
        m_finite = false;
        return;
    }
    // |term| = mantissa * 2^(position - 1074); subnormal numbers share the exponent of the
    // smallest normal ones and lack the implicit bit.
    const std::uint64_t mantissa =
        (bits & fraction_mask) | (exponent == 0 ? 0 : 1ULL << fraction_bits);
    const unsigned position = exponent == 0 ? 0 : exponent - 1;
    const std::size_t chunk = position / chunk_bits;
    const unsigned shift = position % chunk_bits;
    const auto low = static_cast<std::int64_t>((mantissa << shift) & chunk_mask);
    const std::uint64_t rest = mantissa >> (static_cast<unsigned>(chunk_bits) - shift);
    const auto middle = static_cast<std::int64_t>(rest & chunk_mask);
    const auto high = static_cast<std::int64_t>(rest >> chunk_bits);
    if ((bits >> 63) == 0) {
        m_chunks[chunk] += low;
        m_chunks[chunk + 1] += middle;
        m_chunks[chunk + 2] += high;
    } else {
        m_chunks[chunk] -= low;
        m_chunks[chunk + 1] -= middle;
        m_chunks[chunk + 2] -= high;
    }
    if (--m_until_carry == 0) {
        carry();
    }
}

void ExactSum::merge(const ExactSum& other) noexcept {
    ExactSum carried = other;
    carried.carry();
    carry();
    for (std::size_t i = 0; i < chunks; ++i) {
        m_chunks[i] += carried.m_chunks[i];
    }
    m_finite = m_finite && other.m_finite;
    carry();
}

// Leaves every chunk but the last in [0, 2^32); the last one holds the sign.
void ExactSum::carry() noexcept {
    for (std::size_t i = 0; i + 1 < chunks; ++i) {
        const std::int64_t over = m_chunks[i] >> chunk_bits;  // rounds down, also below 0
        m_chunks[i] &= static_cast<std::int64_t>(chunk_mask);
        m_chunks[i + 1] += over;
    }
    m_until_carry = adds_between_carries;
}

double ExactSum::value() const noexcept {
    if (!m_finite) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    ExactSum sum = *this;
    sum.carry();
    const bool negative = sum.m_chunks[chunks - 1] < 0;
    if (negative) {
        for (std::int64_t& chunk : sum.m_chunks) {
            chunk = -chunk;
        }
        sum.carry();
    }
    std::size_t top = chunks - 1;
    while (top > 0 && sum.m_chunks[top] == 0) {
        --top;
    }
    // The three highest chunks hold at least 65 significant bits (unless there are no more): enough
    // to round to 53, with one bit for whatever is not zero below them.
    auto window = static_cast<std::uint64_t>(sum.m_chunks[top]);
    int unit = static_cast<int>(top) * chunk_bits + lowest_weight;
    bool below = false;
    for (std::size_t next = top; next-- > 0;) {
        const auto chunk = static_cast<std::uint64_t>(sum.m_chunks[next]);
        const int room = std::countl_zero(window);
        if (room == 0 || window == 0) {
            below = below || chunk != 0;
            continue;
        }
        const int taken = room < chunk_bits ? room : chunk_bits;
        window = (window << taken) | (chunk >> (chunk_bits - taken));
        unit -= taken;
        if (taken < chunk_bits) {
            below = below || (chunk & (chunk_mask >> taken)) != 0;
        }
    }
    const int surplus = 64 - std::countl_zero(window) - precision;
    if (surplus > 0) {
        const std::uint64_t half = 1ULL << (surplus - 1);
        const std::uint64_t remainder = window & (2 * half - 1);
        window >>= surplus;
        unit += surplus;
        if (remainder > half || (remainder == half && (below || (window & 1) != 0))) {
            ++window;
        }
    }
    const double magnitude = std::ldexp(static_cast<double>(window), unit);
    return negative ? -magnitude : magnitude;
}

}  // namespace metricgate::stats
