#include "sources/duplicate_ids.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "support/hash.h"

namespace metricgate::sources {

namespace {

/// True when the ids ascend strictly, by bytes or by length and bytes (as 1, 2, ..., 10 do): then
/// none can be repeated.
bool ascending(const evidence::IdColumn& ids) {
    bool by_bytes = true;
    bool by_length = true;
    std::string_view previous;
    for (std::size_t row = 0; row < ids.size() && (by_bytes || by_length); ++row) {
        const std::string_view id = ids[row];
        if (row > 0) {
            const bool behind = previous < id;
            by_bytes = by_bytes && behind;
            by_length = by_length &&
                        (previous.size() < id.size() || (previous.size() == id.size() && behind));
        }
        previous = id;
    }
    return by_bytes || by_length;
}

/// Sorts hashes in place, most significant byte first (McIlroy, Bostic and McIlroy 1993, "American
/// flag sort"): hashes are uniform, so two levels leave runs that are short. A plain std::sort of a
/// million takes as long as reading the file.
void sort_hashes(std::span<std::uint64_t> hashes, unsigned shift) {
    constexpr std::size_t small = 128;
    if (hashes.size() <= small) {
        std::sort(hashes.begin(), hashes.end());
        return;
    }
    const auto digit = [shift](std::uint64_t hash) { return (hash >> shift) & 0xFFU; };
    std::array<std::size_t, 257> starts{};
    for (const std::uint64_t hash : hashes) {
        ++starts[digit(hash) + 1];
    }
    for (std::size_t d = 1; d < starts.size(); ++d) {
        starts[d] += starts[d - 1];
    }
    std::array<std::size_t, 256> next{};
    std::copy_n(starts.begin(), next.size(), next.begin());
    for (std::size_t d = 0; d < next.size(); ++d) {
        while (next[d] < starts[d + 1]) {
            std::uint64_t& hash = hashes[next[d]];
            const std::size_t home = digit(hash);
            if (home == d) {
                ++next[d];
            } else {
                std::swap(hash, hashes[next[home]++]);
            }
        }
    }
    if (shift == 0) {
        return;
    }
    for (std::size_t d = 0; d < next.size(); ++d) {
        sort_hashes(hashes.subspan(starts[d], starts[d + 1] - starts[d]), shift - 8);
    }
}

/// The hashes that occur more than once, ascending.
std::vector<std::uint64_t> repeated_hashes(const evidence::IdColumn& ids) {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
        hashes.push_back(support::hash64(ids[row]));
    }
    sort_hashes(hashes, 56);
    std::vector<std::uint64_t> repeated;
    for (std::size_t i = 1; i < hashes.size(); ++i) {
        if (hashes[i] == hashes[i - 1] && (repeated.empty() || repeated.back() != hashes[i])) {
            repeated.push_back(hashes[i]);
        }
    }
    return repeated;
}

}  // namespace

std::optional<DuplicateIds> find_duplicates(const evidence::IdColumn& ids) {
    if (ascending(ids)) {
        return std::nullopt;
    }
    const std::vector<std::uint64_t> repeated = repeated_hashes(ids);
    if (repeated.empty()) {
        return std::nullopt;
    }
    std::vector<std::pair<std::string_view, std::size_t>> suspects;  // id, row
    for (std::size_t row = 0; row < ids.size(); ++row) {
        if (std::binary_search(repeated.begin(), repeated.end(), support::hash64(ids[row]))) {
            suspects.push_back({ids[row], row});
        }
    }
    std::sort(suspects.begin(), suspects.end());
    DuplicateIds result;
    for (std::size_t i = 1; i < suspects.size(); ++i) {
        const bool repeats = suspects[i].first == suspects[i - 1].first;
        const bool counted = i > 1 && suspects[i].first == suspects[i - 2].first;
        if (!repeats || counted) {
            continue;  // two ids with one hash, or the third of its kind
        }
        if (result.count == 0) {
            result.rows = {suspects[i - 1].second, suspects[i].second};
        }
        ++result.count;
        if (result.first.size() < 5) {
            result.first.push_back(std::string(suspects[i].first));
        }
    }
    return result.count > 0 ? std::optional<DuplicateIds>(std::move(result)) : std::nullopt;
}

}  // namespace metricgate::sources
