#include "stats/ordering.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace metricgate::stats {

namespace {

// Below this a comparison sort is faster than clearing the digit counts.
constexpr std::size_t radix_from = 1024;
constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = 6;  // 6 * 11 bits hold the 64 of a key
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;

// A double's bits as an integer in the double's order: negative numbers reversed, below positive
// ones.
std::uint64_t key_of(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
    constexpr std::uint64_t sign = 1ULL << 63;
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
    return (key >> (digit * digit_bits)) & (digit_values - 1);
}

}  // namespace

void order_ascending(std::span<const double> values, std::vector<std::uint32_t>& order,
                     std::vector<std::uint32_t>& scratch) {
    assert(values.size() <= std::numeric_limits<std::uint32_t>::max());
    order.resize(values.size());
    scratch.resize(values.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    if (values.size() < radix_from) {
        std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
            const std::uint64_t left_key = key_of(values[left]);
            const std::uint64_t right_key = key_of(values[right]);
            return left_key != right_key ? left_key < right_key : left < right;
        });
        return;
    }
    // Least significant digit first; a digit that all keys share needs no pass.
    std::vector<std::array<std::uint32_t, digit_values>> counts(digits);
    for (const double value : values) {
        assert(!std::isnan(value));
        const std::uint64_t key = key_of(value);
        for (std::size_t digit = 0; digit < digits; ++digit) {
            ++counts[digit][digit_of(key, digit)];
        }
    }
    for (std::size_t digit = 0; digit < digits; ++digit) {
        auto& count = counts[digit];
        if (count[digit_of(key_of(values[0]), digit)] == values.size()) {
            continue;
        }
        std::uint32_t start = 0;
        for (std::uint32_t& entry : count) {
            start += std::exchange(entry, start);
        }
        for (const std::uint32_t row : order) {
            scratch[count[digit_of(key_of(values[row]), digit)]++] = row;
        }
        order.swap(scratch);
    }
}

}  // namespace metricgate::stats
