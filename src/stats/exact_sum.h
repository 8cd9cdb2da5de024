#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace metricgate::stats {

/// A sum of finite doubles without rounding: the same result for every order and grouping of its
/// terms, so that neither row order nor sharding moves a digit. A superaccumulator after Neal,
/// "Fast exact summation using small and large superaccumulators", arXiv 1505.05571: 64-bit chunks
/// of 32 bits of weight each.
class ExactSum {
public:
    void add(double term) noexcept;
    void merge(const ExactSum& other) noexcept;
    /// The sum, rounded once (to nearest, ties to even).
    [[nodiscard]] double value() const noexcept;

private:
    void carry() noexcept;
    static constexpr std::size_t chunks = 68;
    std::array<std::int64_t, chunks> m_chunks{};
    std::uint32_t m_until_carry = 1U << 29;
};

}  // namespace metricgate::stats
