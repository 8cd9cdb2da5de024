#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// What independent units add to parts that may overlap. Parts are unions of cells, and no two
/// cells overlap, so that an amount is added once however many parts it belongs to. Amounts are
/// integers (fixed point): their sums do not depend on the order of anything.
struct SignedAmounts {
    struct Entry {
        std::uint32_t unit = 0;  ///< entries of one unit stand together
        std::uint32_t cell = 0;
        std::int64_t amount = 0;
    };
    std::vector<std::uint64_t> hashes;  ///< of the units, by index
    std::vector<Entry> entries;
    std::vector<std::vector<std::uint32_t>> parts_of_cell;
    std::size_t parts = 0;
};

/// Sum of each part.
std::vector<std::int64_t> sums_of_parts(const SignedAmounts& amounts);

/// The square root of the sum over units of (what the unit adds to the part)^2: the scale by which
/// a part's sum is studentized. It is the same under every choice of signs.
std::vector<double> scales_of_parts(const SignedAmounts& amounts);

/// -sum / scale: how much a part loses, in units of its own noise. 0 for a part of scale 0.
double lost(std::int64_t sum, double scale);

/// The largest `lost` over all parts in each of `draws` draws, in which every unit's amounts keep
/// or change their sign together, in all parts alike: a wild bootstrap with Rademacher weights
/// (Davidson and Flachaire 2008) of the maximum (Westfall and Young 1993), with the hypothesis of
/// no change imposed. If a unit's amounts are as likely as their opposites, the observed maximum
/// and the drawn ones are exchangeable, and a test against them is exact. Draw r of a unit depends
/// on seed, hash and r alone.
std::vector<double> largest_lost(const SignedAmounts& amounts, std::span<const double> scales,
                                 std::uint64_t seed, std::size_t draws);

/// What a search over many parts is held against.
class SearchNull {
public:
    /// Draws enough for `confidence` to be reached with room: at least 3,999.
    SearchNull(const SignedAmounts& amounts, std::span<const double> scales, std::uint64_t seed,
               double confidence);
    /// P(the largest of the parts loses `observed` or more | no change), the observation counted
    /// as one of the draws; ties to one part in 10^12 count.
    [[nodiscard]] double p(double observed) const;
    /// The value that `lost` must exceed to have p <= 1 - confidence; never below the normal
    /// quantile that holds for one part alone.
    [[nodiscard]] double critical_value() const noexcept { return m_critical; }

private:
    std::vector<double> m_largest;  ///< descending
    double m_critical = 0.0;
};

}  // namespace metricgate::stats
