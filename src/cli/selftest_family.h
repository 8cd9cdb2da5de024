#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "verdict/judge.h"

namespace metricgate::cli {

/// What tells a row from the others of a run: its id, and the slice.
using RowKey = std::pair<std::string, std::map<std::string, std::string>>;

/// The part that a search finds is another one under damage; the row is the same. `per_class` keeps
/// the classes apart.
RowKey row_key(const verdict::Rule& rule, bool searched, bool per_class);

/// Whether the row's slice was found by a search.
bool is_searched(const verdict::CheckResult& row);

/// The rows of the run without damage, as the family that a claim is corrected in: their own
/// claims are taken away, because another check's loss must not help this one.
class SelftestFamily {
public:
    /// `keys`: of each row.
    SelftestFamily(std::vector<verdict::CheckResult> rows, const std::vector<RowKey>& keys,
                   verdict::Correction correction);

    /// The row as it would be reported among the others.
    [[nodiscard]] verdict::CheckResult corrected(const verdict::CheckResult& row,
                                                 const RowKey& key) const;

    /// The row of this key, null when the run had none.
    [[nodiscard]] const verdict::CheckResult* find(const RowKey& key) const;

private:
    std::vector<verdict::CheckResult> m_rows;
    std::map<RowKey, std::size_t> m_places;  ///< into m_rows; the first of rows with one key
    std::map<verdict::CorrectionFamily, std::size_t> m_sizes;
    verdict::Correction m_correction;
};

}  // namespace metricgate::cli
