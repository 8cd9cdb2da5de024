#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// A SplitMix64 stream: the only source of randomness. Same seed, same numbers, on every machine
/// and compiler.
class Stream {
public:
    explicit Stream(std::uint64_t state) : m_state(state) {}
    /// The stream of one unit (example, cluster) under a policy's seed; `unit_hash` is
    /// support::hash64 (XXH3-64) of its id, the seed is mixed in here.
    static Stream of_unit(std::uint64_t seed, std::uint64_t unit_hash) noexcept;

    std::uint64_t next() noexcept;
    /// Uniform in the open interval (0, 1), 53 bits.
    double uniform() noexcept;
    /// Uniform in [0, bound), unbiased (Lemire 2019). bound > 0.
    std::uint64_t below(std::uint64_t bound) noexcept;

private:
    std::uint64_t m_state;
};

/// Bin(n, p), n >= 0, p in [0, 1]: inversion for small n p, else the transformed rejection BTRS of
/// Hormann 1993.
std::uint64_t binomial(Stream& stream, std::uint64_t n, double p);

/// Multinomial(sum of counts, counts / sum) by conditional binomials; `out` has the size of
/// `counts`.
void multinomial(Stream& stream, std::span<const std::uint64_t> counts,
                 std::span<std::uint64_t> out);

/// The same for real-valued masses that sum to `total` (guarded cells), drawing `draws` in all.
void multinomial(Stream& stream, std::span<const double> masses, double total, std::uint64_t draws,
                 std::span<std::uint64_t> out);

/// Bootstrap weights 0..5 of mean exactly 1 and variance exactly 1: eight 8-bit look-ups per output
/// of the unit's stream into a table with counts (94, 95, 46, 16, 4, 1) of 256. Weight r of a unit
/// depends on seed, unit and r alone. Fills `weights` with the weights of replicates
/// first_replicate .. first_replicate + size - 1; first_replicate is a multiple of 8.
void unit_weights(std::uint64_t seed, std::uint64_t unit_hash, std::uint64_t first_replicate,
                  std::span<std::uint8_t> weights) noexcept;

}  // namespace metricgate::stats
