#include "sources/id_match.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "evidence/column.h"
#include "support/hash.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::IdColumn;

constexpr std::size_t shown = 5;
constexpr std::uint32_t nobody = UINT32_MAX;

struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t row = 0;
};

bool equal_row_by_row(const IdColumn& left, const IdColumn& right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t row = 0; row < left.size(); ++row) {
        if (left[row] != right[row]) {
            return false;
        }
    }
    return true;
}

// Ascending by hash, equal hashes by text. The hashes are spread over 4096 buckets by their top
// bits first, so that each sort stays inside the cache.
std::vector<Entry> sorted_by_hash(const IdColumn& ids) {
    constexpr unsigned top_bits = 12;
    constexpr unsigned shift = 64 - top_bits;
    std::vector<std::uint64_t> hashes(ids.size());
    std::array<std::size_t, (std::size_t{1} << top_bits) + 1> start{};
    for (std::size_t row = 0; row < ids.size(); ++row) {
        hashes[row] = support::hash64(ids[row]);
        ++start[(hashes[row] >> shift) + 1];
    }
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<Entry> entries(ids.size());
    auto next = start;
    for (std::size_t row = 0; row < ids.size(); ++row) {
        entries[next[hashes[row] >> shift]++] = {hashes[row], static_cast<std::uint32_t>(row)};
    }
    const auto before = [&ids](const Entry& left, const Entry& right) {
        if (left.hash != right.hash) {
            return left.hash < right.hash;
        }
        return ids[left.row] < ids[right.row];
    };
    for (std::size_t bucket = 0; bucket + 1 < start.size(); ++bucket) {
        std::sort(entries.begin() + static_cast<std::ptrdiff_t>(start[bucket]),
                  entries.begin() + static_cast<std::ptrdiff_t>(start[bucket + 1]), before);
    }
    return entries;
}

// An id that stands next to its equal, or nothing. Readers refuse those; this is the second lock.
std::string find_repeated(const IdColumn& ids, const std::vector<Entry>& entries) {
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i - 1].hash == entries[i].hash &&
            ids[entries[i - 1].row] == ids[entries[i].row]) {
            return std::string(ids[entries[i].row]);
        }
    }
    return {};
}

/// One side of a merge.
struct Sorted {
    const IdColumn& ids;
    const std::vector<Entry>& entries;
};

bool shares_hash(const std::vector<Entry>& entries, std::size_t i) {
    return (i > 0 && entries[i - 1].hash == entries[i].hash) ||
           (i + 1 < entries.size() && entries[i + 1].hash == entries[i].hash);
}

// Pairs entries of equal hash. Their texts are looked at here only where ids of one side share a
// hash; the caller compares all pairs afterwards, in row order, which reads memory in one
// direction.
void merge(const Sorted& left, const Sorted& right, std::vector<std::uint32_t>& partner,
           std::vector<std::uint32_t>& only_right) {
    std::size_t mine = 0;
    for (std::size_t i = 0; i < right.entries.size(); ++i) {
        const Entry& theirs = right.entries[i];
        const auto is_before = [&](std::size_t at) {
            const Entry& entry = left.entries[at];
            if (entry.hash != theirs.hash) {
                return entry.hash < theirs.hash;
            }
            const bool alone = !shares_hash(left.entries, at) && !shares_hash(right.entries, i);
            return !alone && left.ids[entry.row] < right.ids[theirs.row];
        };
        while (mine < left.entries.size() && is_before(mine)) {
            ++mine;
        }
        const bool meets = mine < left.entries.size() && left.entries[mine].hash == theirs.hash;
        const bool alone =
            meets && !shares_hash(left.entries, mine) && !shares_hash(right.entries, i);
        if (meets && (alone || left.ids[left.entries[mine].row] == right.ids[theirs.row])) {
            partner[left.entries[mine].row] = theirs.row;
            ++mine;
        } else {
            only_right.push_back(theirs.row);
        }
    }
}

// What an id means to a person: without blanks at its ends, numbers in one spelling.
std::string looks_like(std::string_view id) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = id.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    const std::size_t end = id.find_last_not_of(blanks);
    return evidence::canonical_label(id.substr(begin, end - begin + 1));
}

// Among the unmatched ids of both sides: a pair that differs only by blanks or by spelling. The
// first five are tried against all, which finds any systematic difference.
std::string find_hint(const std::vector<std::string>& tried, const IdColumn& ids,
                      const std::vector<std::uint32_t>& rows) {
    std::vector<std::string> forms;
    forms.reserve(tried.size());
    for (const std::string& id : tried) {
        forms.push_back(looks_like(id));
    }
    std::size_t best = tried.size();
    std::string partner;
    for (const std::uint32_t row : rows) {
        const std::string form = looks_like(ids[row]);
        for (std::size_t i = 0; i < forms.size() && i <= best; ++i) {
            if (forms[i] == form && (i < best || ids[row] < partner)) {
                best = i;
                partner = std::string(ids[row]);
            }
        }
    }
    if (best == tried.size()) {
        return {};
    }
    const auto without_blanks = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
        return text;
    };
    const bool blanks = without_blanks(tried[best]) == without_blanks(partner);
    return "ids such as '" + support::visible(tried[best]) + "' and '" + support::visible(partner) +
           (blanks ? "' differ only by blanks" : "' are one number written in two ways");
}

}  // namespace

std::vector<std::string> first_ids(const IdColumn& ids, std::vector<std::uint32_t> rows) {
    const std::size_t count = std::min(shown, rows.size());
    std::partial_sort(
        rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
        [&ids](std::uint32_t left, std::uint32_t right) { return ids[left] < ids[right]; });
    std::vector<std::string> first;
    for (std::size_t i = 0; i < count; ++i) {
        first.emplace_back(ids[rows[i]]);
    }
    return first;
}

std::string quoted_ids(const std::vector<std::string>& first, std::size_t count) {
    std::vector<std::string> names;
    names.reserve(first.size() + 1);
    for (const std::string& id : first) {
        names.push_back("'" + support::visible(id) + "'");
    }
    if (count > first.size()) {
        names.emplace_back("others");
    }
    return support::enumerate(names);
}

IdMatch match_ids(const IdColumn& baseline, const IdColumn& candidate) {
    IdMatch match;
    if (equal_row_by_row(baseline, candidate)) {
        match.paired = baseline.size();
        return match;
    }
    std::vector<std::uint32_t> partner(baseline.size(), nobody);
    std::vector<std::uint32_t> only_candidate;
    {
        const std::vector<Entry> left = sorted_by_hash(baseline);
        const std::vector<Entry> right = sorted_by_hash(candidate);
        match.repeated = find_repeated(baseline, left);
        if (match.repeated.empty()) {
            match.repeated = find_repeated(candidate, right);
        }
        if (!match.repeated.empty()) {
            return match;
        }
        merge({baseline, left}, {candidate, right}, partner, only_candidate);
    }
    for (std::size_t row = 0; row < partner.size(); ++row) {
        if (partner[row] != nobody && baseline[row] != candidate[partner[row]]) {
            only_candidate.push_back(partner[row]);
            partner[row] = nobody;
        }
    }
    match.only_candidate = only_candidate.size();
    match.paired = candidate.size() - only_candidate.size();
    match.only_baseline = baseline.size() - match.paired;
    if (match.only_baseline > 0) {
        std::vector<std::uint32_t> kept;
        std::vector<std::uint32_t> only_baseline;
        kept.reserve(match.paired);
        for (std::uint32_t row = 0; row < partner.size(); ++row) {
            (partner[row] != nobody ? kept : only_baseline).push_back(row);
        }
        std::erase(partner, nobody);
        match.baseline_rows = std::move(kept);
        match.first_only_baseline = first_ids(baseline, only_baseline);
        match.first_only_candidate = first_ids(candidate, only_candidate);
        match.hint = find_hint(match.first_only_baseline, candidate, only_candidate);
    } else {
        match.first_only_candidate = first_ids(candidate, only_candidate);
    }
    match.candidate_rows = std::move(partner);
    return match;
}

}  // namespace metricgate::sources
