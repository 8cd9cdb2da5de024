#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/id_column.h"

namespace metricgate::sources {

/// Rows of a column in the order wanted; nothing: all rows as they stand.
using RowList = std::optional<std::vector<std::uint32_t>>;

/// Which rows of two id columns belong together.
struct IdMatch {
    RowList baseline_rows;   ///< the paired rows, ascending
    RowList candidate_rows;  ///< their partners, one each
    std::size_t paired = 0;
    std::size_t only_baseline = 0;
    std::size_t only_candidate = 0;
    std::vector<std::string> first_only_baseline;  ///< at most five, in the order of their bytes
    std::vector<std::string> first_only_candidate;
    std::string hint;      ///< why ids that look alike do not match, or empty
    std::string repeated;  ///< an id that one side holds twice: nothing was matched; else empty
};

/// Matches ids byte by byte. Costs one pass when both columns are equal row by row, else a sort of
/// hashes.
IdMatch match_ids(const evidence::IdColumn& baseline, const evidence::IdColumn& candidate);

/// The first five of the ids in `rows`, in the order of their bytes.
std::vector<std::string> first_ids(const evidence::IdColumn& ids, std::vector<std::uint32_t> rows);

/// "'a', 'b' and 'c'", with "others" at the end when these are not all of `count`; for messages.
std::string quoted_ids(const std::vector<std::string>& first, std::size_t count);

}  // namespace metricgate::sources
