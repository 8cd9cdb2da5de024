#include <algorithm>
#include <bit>

#include "metrics/evaluate.h"

namespace metricgate::metrics {
namespace {

struct Keyed {
    std::uint64_t key;
    std::uint32_t position;
};

/// Grows as the score falls, over all bit patterns, so that even NaN cannot break a sort. -0 and 0
/// are one score.
std::uint64_t descending_key(double score) {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(score + 0.0);
    const std::uint64_t ascending = (bits & sign) != 0 ? ~bits : bits | sign;
    return ~ascending;
}

/// Stable counting sort of 11 bits at a time; positions enter in ascending order and stay so within
/// ties. Three times faster than comparing for a million rows.
void sort_by_key(std::vector<Keyed>& rows) {
    constexpr unsigned bits = 11;
    constexpr std::size_t buckets = std::size_t{1} << bits;
    std::vector<Keyed> sorted(rows.size());
    std::vector<std::size_t> start(buckets);
    for (unsigned shift = 0; shift < 64; shift += bits) {
        const auto bucket_of = [shift](const Keyed& row) {
            return static_cast<std::size_t>(row.key >> shift) & (buckets - 1);
        };
        std::fill(start.begin(), start.end(), 0);
        for (const Keyed& row : rows) {
            ++start[bucket_of(row)];
        }
        if (start[bucket_of(rows.front())] == rows.size()) {
            continue;
        }
        std::size_t total = 0;
        for (std::size_t& entry : start) {
            const std::size_t count = entry;
            entry = total;
            total += count;
        }
        for (const Keyed& row : rows) {
            sorted[start[bucket_of(row)]++] = row;
        }
        rows.swap(sorted);
    }
}

}  // namespace

RankOrder rank_order(const evidence::Examples& examples, evidence::Side side,
                     const evidence::Rows& rows) {
    RankOrder ranks;
    const auto& score = examples.side(side).score;
    if (!score || rows.size() == 0) {
        return ranks;
    }
    std::vector<Keyed> keyed(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        keyed[at] = {descending_key(score->values[rows[at]]), static_cast<std::uint32_t>(at)};
    }
    if (keyed.size() < 4096) {
        std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
            return a.key != b.key ? a.key < b.key : a.position < b.position;
        });
    } else {
        sort_by_key(keyed);
    }
    ranks.order.resize(keyed.size());
    ranks.ends_tie.resize(keyed.size());
    ranks.positive.resize(keyed.size());
    for (std::size_t at = 0; at < keyed.size(); ++at) {
        const std::uint32_t position = keyed[at].position;
        ranks.order[at] = position;
        ranks.ends_tie[at] = at + 1 == keyed.size() || keyed[at + 1].key != keyed[at].key ? 1U : 0U;
        ranks.positive[at] = examples.label && examples.positive &&
                                     examples.label->codes[rows[position]] == *examples.positive
                                 ? 1U
                                 : 0U;
    }
    return ranks;
}

}  // namespace metricgate::metrics
