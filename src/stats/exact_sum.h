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
    /// `term` is finite. (Should a non-finite one slip through where assertions are off, the sum is
    /// NaN for good, never a number.)
    void add(double term) noexcept;
    void merge(const ExactSum& other) noexcept;
    /// The sum, rounded once (to nearest, ties to even); infinite when it exceeds a double.
    [[nodiscard]] double value() const noexcept;

private:
    void carry() noexcept;
    static constexpr std::size_t chunks = 68;
    static constexpr std::uint32_t adds_between_carries = 1U << 29;
    std::array<std::int64_t, chunks> m_chunks{};
    std::uint32_t m_until_carry = adds_between_carries;
    bool m_finite = true;
};

}  // namespace metricgate::stats
