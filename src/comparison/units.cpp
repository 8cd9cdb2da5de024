#include "comparison/units.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "comparison/columns.h"
#include "stats/random.h"
#include "support/hash.h"

namespace metricgate::comparison {
namespace {

constexpr std::uint64_t largest_weight = 5;  // of stats::unit_weights

}  // namespace

Units units_of(const evidence::Examples& examples, const evidence::Rows& rows) {
    Units units;
    if (examples.cluster) {
        for (const std::string& name : examples.cluster->names) {
            units.hashes.push_back(support::hash64(name));
        }
        units.of_row = clusters_of(examples, rows);
        return units;
    }
    units.hashes.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        units.hashes[i] = support::hash64(examples.id(rows[i]));
    }
    return units;
}

FixedPoint::FixedPoint(double largest, std::size_t count, int bits) {
    if (largest > 0.0) {
        const auto terms = static_cast<int>(std::bit_width(largest_weight * count));
        m_exponent = bits - terms - (std::ilogb(largest) + 1);
    }
}

std::int64_t FixedPoint::of(double number) const {
    return std::llround(std::ldexp(number, m_exponent));
}

double FixedPoint::back(std::int64_t sum) const {
    return std::ldexp(static_cast<double>(sum), -m_exponent);
}

void weights_of_units(const std::vector<std::uint64_t>& hashes, std::uint64_t seed,
                      std::uint64_t first, std::size_t replicates, std::size_t stride,
                      std::span<std::uint8_t> weights) {
    for (std::size_t unit = 0; unit < hashes.size(); ++unit) {
        stats::unit_weights(seed, hashes[unit], first, weights.subspan(unit * stride, replicates));
    }
}

void resample_sums(const UnitAmounts& units, std::uint64_t seed, std::uint64_t first,
                   std::size_t replicates, std::vector<std::int64_t>& sums) {
    sums.assign(units.columns * replicates, 0);
    if (units.hashes.empty()) {
        return;
    }
    std::vector<std::uint8_t> weights(replicates);
    const std::size_t per_unit = units.amounts.size() / units.hashes.size();
    for (std::size_t unit = 0; unit < units.hashes.size(); ++unit) {
        const bool even = units.ends.empty();
        const std::size_t begin = even ? unit * per_unit : (unit == 0 ? 0 : units.ends[unit - 1]);
        const std::size_t end = even ? begin + per_unit : units.ends[unit];
        if (begin == end) {
            continue;
        }
        stats::unit_weights(seed, units.hashes[unit], first, weights);
        for (std::size_t entry = begin; entry < end; ++entry) {
            const std::size_t column = units.column.empty() ? entry - begin : units.column[entry];
            const std::int64_t amount = units.amounts[entry];
            std::int64_t* sum = sums.data() + column * replicates;
            for (std::size_t r = 0; r < replicates; ++r) {
                sum[r] += amount * weights[r];
            }
        }
    }
}

}  // namespace metricgate::comparison
