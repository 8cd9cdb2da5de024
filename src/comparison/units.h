#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::comparison {

/// The independent units that are resampled: clusters when there are any, else examples. A unit's
/// weights depend on the policy's seed and its name alone, so row order does not matter.
struct Units {
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> of_row;  ///< unit of each listed row; empty: row i is unit i

    [[nodiscard]] std::size_t of(std::size_t row) const {
        return of_row.empty() ? row : of_row[row];
    }
};

/// Needs ids or clusters.
Units units_of(const evidence::Examples& examples, const evidence::Rows& rows);

/// Numbers as integers times a power of two that all of a column share: integer sums do not depend
/// on the order of rows.
class FixedPoint {
public:
    /// For `count` numbers up to `largest` in magnitude, each weighted by at most 5, with sums
    /// below 2^`bits`.
    FixedPoint(double largest, std::size_t count, int bits = 62);
    [[nodiscard]] std::int64_t of(double number) const;
    [[nodiscard]] double back(std::int64_t sum) const;

private:
    int m_exponent = 0;
};

/// The fixed-point amounts that each unit adds to each column of sums.
struct UnitAmounts {
    std::vector<std::uint64_t> hashes;
    std::size_t columns = 0;
    std::vector<std::int64_t> amounts;
    std::vector<std::uint32_t> column;  ///< of each amount; empty: a unit has one a column
    std::vector<std::size_t> ends;      ///< of each unit's amounts; empty: all units have as many
};

/// weights[unit * stride + r] for `replicates` <= `stride` replicates from `first`, a multiple
/// of 8.
void weights_of_units(const std::vector<std::uint64_t>& hashes, std::uint64_t seed,
                      std::uint64_t first, std::size_t replicates, std::size_t stride,
                      std::span<std::uint8_t> weights);

/// sums[column * replicates + r] = sum over units of weight(unit, first + r) * amount. `first` is a
/// multiple of 8.
void resample_sums(const UnitAmounts& units, std::uint64_t seed, std::uint64_t first,
                   std::size_t replicates, std::vector<std::int64_t>& sums);

}  // namespace metricgate::comparison
