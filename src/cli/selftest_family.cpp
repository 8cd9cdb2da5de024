#include "cli/selftest_family.h"

namespace metricgate::cli {

using verdict::CheckResult;
using verdict::Status;

RowKey row_key(const verdict::Rule& rule, bool searched, bool per_class) {
    if (!searched) {
        return {rule.id, rule.slice};
    }
    RowKey key{rule.id, {{"", "the worst part"}}};
    if (const auto found = rule.slice.find("class"); per_class && found != rule.slice.end()) {
        key.second.insert(*found);
    }
    return key;
}

bool is_searched(const CheckResult& row) {
    return row.comparison && row.comparison->search;
}

SelftestFamily::SelftestFamily(std::vector<CheckResult> rows, const std::vector<RowKey>& keys,
                               verdict::Correction correction)
    : m_rows(std::move(rows)), m_correction(correction) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        m_places.emplace(keys[i], i);
    }
    for (CheckResult& row : m_rows) {
        row.status = Status::pass;
        if (row.comparison) {
            row.comparison->p_no_loss =
                row.comparison->p_no_loss ? std::optional(1.0) : std::nullopt;
        }
        if (const auto family = verdict::correction_family(row)) {
            ++m_sizes[*family];
        }
    }
}

CheckResult SelftestFamily::corrected(const CheckResult& row, const RowKey& key) const {
    if (row.status != Status::regressed) {
        return row;
    }
    const auto family = verdict::correction_family(row);
    if (!family) {
        return row;
    }
    const auto size = m_sizes.find(*family);
    std::size_t others = size == m_sizes.end() ? 0 : size->second;
    if (const CheckResult* own = find(key); own != nullptr) {
        others -= verdict::correction_family(*own) == family ? 1U : 0U;
    }
    CheckResult answer = row;
    verdict::correct_among(answer, others, m_correction);
    return answer;
}

const CheckResult* SelftestFamily::find(const RowKey& key) const {
    const auto found = m_places.find(key);
    return found == m_places.end() ? nullptr : &m_rows[found->second];
}

}  // namespace metricgate::cli
