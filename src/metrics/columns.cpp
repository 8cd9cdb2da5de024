#include <algorithm>
#include <bit>

#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "support/number.h"

namespace metricgate::metrics {
namespace {

using evidence::Flaw;
using evidence::Rows;

/// A predicted class derived from a NaN score is an empty cell whose flaw still quotes the NaN:
/// dropping examples with missing cells must not drop that one.
bool hides_non_finite(const Flaw& flaw) {
    switch (support::parse_number(flaw.text).kind) {
        case support::NumberKind::not_a_number:
        case support::NumberKind::positive_infinity:
        case support::NumberKind::negative_infinity:
            return true;
        case support::NumberKind::finite:
        case support::NumberKind::malformed:
        case support::NumberKind::out_of_range:
            return false;
    }
    return true;
}

const Flaw* flaw_of(const UsedColumn& column, bool missing_is_flaw) {
    if (column.number != nullptr) {
        if (column.number->non_finite.count > 0) {
            return &column.number->non_finite;
        }
        return missing_is_flaw && column.number->missing.count > 0 ? &column.number->missing
                                                                   : nullptr;
    }
    if (column.category == nullptr || column.category->missing.count == 0) {
        return nullptr;
    }
    const Flaw& missing = column.category->missing;
    const bool derived = column.role == "prediction" && hides_non_finite(missing);
    return missing_is_flaw || derived ? &missing : nullptr;
}

bool has_missing(const UsedColumn& column) {
    return column.number != nullptr
               ? column.number->missing.count > 0
               : column.category != nullptr && column.category->missing.count > 0;
}

bool is_missing_at(const UsedColumn& column, std::optional<std::uint32_t> empty_class,
                   std::size_t row) {
    return column.number != nullptr ? evidence::is_missing(column.number->values[row])
                                    : empty_class && column.category->codes[row] == *empty_class;
}

bool equal_in(const UsedColumn& baseline, const UsedColumn& candidate, const Rows& rows) {
    if (baseline.number != nullptr && candidate.number != nullptr) {
        const auto& left = baseline.number->values;
        const auto& right = candidate.number->values;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            if (std::bit_cast<std::uint64_t>(left[rows[at]]) !=
                std::bit_cast<std::uint64_t>(right[rows[at]])) {
                return false;
            }
        }
        return true;
    }
    if (baseline.category != nullptr && candidate.category != nullptr) {
        const auto& left = baseline.category->codes;
        const auto& right = candidate.category->codes;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            if (left[rows[at]] != right[rows[at]]) {
                return false;
            }
        }
        return true;
    }
    return false;
}

}  // namespace

const Flaw* find_flaw(const Metric& metric, const evidence::Examples& examples,
                      bool missing_is_flaw, std::string& column_name) {
    for (const UsedColumn& column : used_columns(metric, examples)) {
        if (const Flaw* flaw = flaw_of(column, missing_is_flaw)) {
            column_name = name_of(column);
            return flaw;
        }
    }
    return nullptr;
}

Rows without_missing(const Metric& metric, const evidence::Examples& examples, const Rows& rows) {
    std::vector<UsedColumn> columns = used_columns(metric, examples);
    std::erase_if(columns, [](const UsedColumn& column) { return !has_missing(column); });
    if (columns.empty()) {
        return rows;
    }
    const std::optional<std::uint32_t> empty_class = missing_class(examples);
    std::vector<std::uint32_t> kept;
    kept.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const std::size_t row = rows[at];
        const bool missing = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
            return is_missing_at(column, empty_class, row);
        });
        if (!missing) {
            kept.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return kept.size() == rows.size() ? rows : Rows(std::move(kept));
}

bool identical_sides(const Metric& metric, const evidence::Examples& examples, const Rows& rows) {
    std::vector<UsedColumn> baseline;
    std::vector<UsedColumn> candidate;
    for (const UsedColumn& column : used_columns(metric, examples)) {
        if (column.side) {
            (*column.side == evidence::Side::baseline ? baseline : candidate).push_back(column);
        }
    }
    if (baseline.empty() || baseline.size() != candidate.size()) {
        return false;
    }
    for (std::size_t at = 0; at < baseline.size(); ++at) {
        if (!equal_in(baseline[at], candidate[at], rows)) {
            return false;
        }
    }
    return true;
}

}  // namespace metricgate::metrics
