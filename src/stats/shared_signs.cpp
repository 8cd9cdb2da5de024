#include "stats/shared_signs.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/random.h"

namespace metricgate::stats {

namespace {

constexpr std::size_t block = 64;  ///< draws at a time: the bits of one output
constexpr std::size_t fewest_draws = 3999;
constexpr double draws_beyond = 20.0;  ///< draws wanted above the critical value
constexpr double tie = 1e-12;

/// Keeps the signs apart from other uses of the same units' streams.
constexpr std::uint64_t domain = 0x5167'6e73'2d6f'6e65;

std::size_t draws_for(double confidence) {
    const double wanted = std::ceil(draws_beyond / (1.0 - confidence)) - 1.0;
    return std::max(fewest_draws, static_cast<std::size_t>(wanted));
}

/// sums[cell * block + r] = the cell's sum under draw r of one block. A mask of all ones turns the
/// sign of an amount: (x ^ mask) - mask.
void sum_cells(const SignedAmounts& amounts, std::vector<Stream>& streams,
               std::vector<std::int64_t>& sums) {
    std::fill(sums.begin(), sums.end(), 0);
    std::int64_t masks[block] = {};
    std::size_t current = amounts.hashes.size();
    for (const SignedAmounts::Entry& entry : amounts.entries) {
        if (entry.unit != current) {
            current = entry.unit;
            const std::uint64_t bits = streams[current].next();
            for (std::size_t r = 0; r < block; ++r) {
                masks[r] = -static_cast<std::int64_t>((bits >> r) & 1U);
            }
        }
        std::int64_t* sum = sums.data() + std::size_t{entry.cell} * block;
        for (std::size_t r = 0; r < block; ++r) {
            sum[r] += (entry.amount ^ masks[r]) - masks[r];
        }
    }
}

}  // namespace

std::vector<std::int64_t> sums_of_parts(const SignedAmounts& amounts) {
    std::vector<std::int64_t> sums(amounts.parts, 0);
    for (const SignedAmounts::Entry& entry : amounts.entries) {
        for (const std::uint32_t part : amounts.parts_of_cell[entry.cell]) {
            sums[part] += entry.amount;
        }
    }
    return sums;
}

std::vector<double> scales_of_parts(const SignedAmounts& amounts) {
    std::vector<ExactSum> squares(amounts.parts);
    std::vector<std::int64_t> own(amounts.parts, 0);
    std::vector<std::uint32_t> touched;
    const auto& entries = amounts.entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (const std::uint32_t part : amounts.parts_of_cell[entries[i].cell]) {
            own[part] += entries[i].amount;
            touched.push_back(part);
        }
        if (i + 1 < entries.size() && entries[i + 1].unit == entries[i].unit) {
            continue;
        }
        for (const std::uint32_t part : touched) {
            const auto amount = static_cast<double>(own[part]);
            squares[part].add(amount * amount);
            own[part] = 0;  // a part that was touched twice adds its sum once
        }
        touched.clear();
    }
    std::vector<double> scales;
    scales.reserve(squares.size());
    for (const ExactSum& sum : squares) {
        scales.push_back(std::sqrt(sum.value()));
    }
    return scales;
}

double lost(std::int64_t sum, double scale) {
    return scale > 0.0 ? -static_cast<double>(sum) / scale : 0.0;
}

std::vector<double> largest_lost(const SignedAmounts& amounts, std::span<const double> scales,
                                 std::uint64_t seed, std::size_t draws) {
    std::vector<Stream> streams;
    streams.reserve(amounts.hashes.size());
    for (const std::uint64_t hash : amounts.hashes) {
        streams.push_back(Stream::of_unit(seed, hash ^ domain));
    }
    std::vector<double> largest(draws, 0.0);
    std::vector<std::int64_t> cells(amounts.parts_of_cell.size() * block);
    std::vector<std::int64_t> parts(amounts.parts * block);
    for (std::size_t first = 0; first < draws; first += block) {
        sum_cells(amounts, streams, cells);
        std::fill(parts.begin(), parts.end(), 0);
        for (std::size_t cell = 0; cell < amounts.parts_of_cell.size(); ++cell) {
            for (const std::uint32_t part : amounts.parts_of_cell[cell]) {
                for (std::size_t r = 0; r < block; ++r) {
                    parts[part * block + r] += cells[cell * block + r];
                }
            }
        }
        const std::size_t size = std::min(block, draws - first);
        for (std::size_t part = 0; part < amounts.parts; ++part) {
            for (std::size_t r = 0; r < size; ++r) {
                largest[first + r] =
                    std::max(largest[first + r], lost(parts[part * block + r], scales[part]));
            }
        }
    }
    return largest;
}

SearchNull::SearchNull(const SignedAmounts& amounts, std::span<const double> scales,
                       std::uint64_t seed, double confidence)
    : m_largest(largest_lost(amounts, scales, seed, draws_for(confidence))) {
    std::sort(m_largest.begin(), m_largest.end(), std::greater<>());
    // p = (1 + exceeding) / (draws + 1) may be at most 1 - confidence.
    const double all = static_cast<double>(m_largest.size()) + 1.0;
    const auto may_exceed = static_cast<std::size_t>(
        std::max(0.0, std::floor((1.0 - confidence) * all * (1.0 + tie)) - 1.0));
    m_critical = std::max(m_largest[std::min(may_exceed, m_largest.size() - 1)],
                          normal_quantile(confidence));
}

double SearchNull::p(double observed) const {
    const double bar = observed - tie * std::abs(observed);
    const auto end = std::find_if(m_largest.begin(), m_largest.end(),
                                  [bar](double value) { return value < bar; });
    const auto exceeding = static_cast<double>(end - m_largest.begin());
    return (1.0 + exceeding) / (static_cast<double>(m_largest.size()) + 1.0);
}

}  // namespace metricgate::stats
