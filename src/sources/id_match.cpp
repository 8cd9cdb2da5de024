#include "sources/id_match.h"

#include <algorithm>
#include <string_view>

#include "evidence/column.h"
#include "support/hash.h"
#include "support/mapped_files.h"
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

/// After so many rows in the order of their file, its memory is let go of.
constexpr std::size_t rows_at_once = std::size_t{1} << 18;

void leave_behind(const IdColumn& ids, std::size_t row) {
    if (row % rows_at_once == rows_at_once - 1 || row + 1 == ids.size()) {
        support::put_away(ids[row]);
    }
}

bool equal_row_by_row(const IdColumn& left, const IdColumn& right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t row = 0; row < left.size(); ++row) {
        if (left[row] != right[row]) {
            return false;
        }
        leave_behind(left, row);
        leave_behind(right, row);
    }
    return true;
}

/// The share of all hashes that is looked at in one go, so that what a match takes beside the
/// columns stays small: of 2^`bits` equal shares this one.
struct Share {
    unsigned bits = 0;
    std::uint64_t number = 0;

    [[nodiscard]] bool holds(std::uint64_t hash) const noexcept {
        return bits == 0 || hash >> (64 - bits) == number;
    }
};

// The rows of one share, ascending by hash, equal hashes by text.
std::vector<Entry> sorted_by_hash(const IdColumn& ids, Share share) {
    std::vector<Entry> entries;
    const std::size_t expected = ids.size() >> share.bits;
    entries.reserve(share.bits == 0 ? expected : expected + expected / 16);
    for (std::size_t row = 0; row < ids.size(); ++row) {
        const std::uint64_t hash = support::hash64(ids[row]);
        if (share.holds(hash)) {
            entries.push_back({hash, static_cast<std::uint32_t>(row)});
        }
        leave_behind(ids, row);
    }
    std::sort(entries.begin(), entries.end(), [&ids](const Entry& left, const Entry& right) {
        if (left.hash != right.hash) {
            return left.hash < right.hash;
        }
        return ids[left.row] < ids[right.row];
    });
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
    const unsigned bits = baseline.size() + candidate.size() > 8 * rows_at_once ? 2 : 0;
    for (std::uint64_t number = 0; number < std::uint64_t{1} << bits; ++number) {
        const std::vector<Entry> left = sorted_by_hash(baseline, {bits, number});
        const std::vector<Entry> right = sorted_by_hash(candidate, {bits, number});
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
        leave_behind(baseline, row);
    }
    if (!candidate.empty()) {
        support::put_away(candidate[0]);
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
