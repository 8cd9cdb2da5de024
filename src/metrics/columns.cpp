#include <algorithm>
#include <bit>

#include "metrics/coarse.h"
#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "support/diagnostic.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::Flaw;
using evidence::Rows;

template <typename Column>
const Flaw* worst_flaw(const Column& column, bool missing_is_flaw) {
    if (column.non_finite.count > 0) {
        return &column.non_finite;
    }
    return missing_is_flaw && column.missing.count > 0 ? &column.missing : nullptr;
}

const Flaw* flaw_of(const UsedColumn& column, bool missing_is_flaw) {
    if (column.number != nullptr) {
        return worst_flaw(*column.number, missing_is_flaw);
    }
    return column.category != nullptr ? worst_flaw(*column.category, missing_is_flaw) : nullptr;
}

/// The column that was read, and what it should have held: predicted classes may be cut from
/// scores, and have the scores' flaws then.
ColumnFlaw described(const UsedColumn& column, const evidence::Examples& examples,
                     const Flaw& flaw) {
    if (column.number != nullptr) {
        return {&flaw, name_of(column), "a finite number"};
    }
    if (column.role == "prediction" && column.category->is_derived) {
        const bool one = examples.side(*column.side).class_scores.empty();
        return {&flaw, name_of({one ? "score" : "class scores", column.side, nullptr, nullptr}),
                "a finite number"};
    }
    return {&flaw, name_of(column),
            column.role == "label" || column.role == "prediction" ? "a class" : "a name"};
}

bool has_missing(const UsedColumn& column) {
    return column.number != nullptr
               ? column.number->missing.count > 0
               : column.category != nullptr && column.category->missing.count > 0;
}

bool is_missing_at(const UsedColumn& column, std::optional<std::uint32_t> empty, std::size_t row) {
    return column.number != nullptr ? evidence::is_missing(column.number->values[row])
                                    : empty && column.category->codes[row] == *empty;
}

bool equal_numbers(const evidence::NumberColumn& baseline, const evidence::NumberColumn& candidate,
                   const Rows& rows) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (std::bit_cast<std::uint64_t>(baseline.values[rows[at]]) !=
            std::bit_cast<std::uint64_t>(candidate.values[rows[at]])) {
            return false;
        }
    }
    return true;
}

bool equal_in(const UsedColumn& baseline, const UsedColumn& candidate, const Rows& rows) {
    if (baseline.number != nullptr && candidate.number != nullptr) {
        return equal_numbers(*baseline.number, *candidate.number, rows);
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

bool has_scores(const evidence::Examples& examples) {
    return std::ranges::any_of(examples.sides, [](const evidence::SideColumns& side) {
        return side.score.has_value() || !side.class_scores.empty();
    });
}

/// The scores that predicted classes may have been cut from.
bool equal_scores(const evidence::Examples& examples, const Rows& rows) {
    const auto& [baseline, candidate] = examples.sides;
    if (baseline.score.has_value() != candidate.score.has_value() ||
        baseline.class_scores.size() != candidate.class_scores.size()) {
        return false;
    }
    if (baseline.score && !equal_numbers(*baseline.score, *candidate.score, rows)) {
        return false;
    }
    for (std::size_t which = 0; which < baseline.class_scores.size(); ++which) {
        if (!equal_numbers(baseline.class_scores[which], candidate.class_scores[which], rows)) {
            return false;
        }
    }
    return true;
}

/// Everything the metric looks at, and the scores behind predicted classes.
bool equal_sides(const Metric& metric, const evidence::Examples& examples, const Rows& rows) {
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
    return (metric.definition->needs & predicted_class) == 0U || equal_scores(examples, rows);
}

}  // namespace

std::string describe(const ColumnFlaw& flaw, std::string_view unit) {
    const bool empty = flaw.flaw->text.empty();
    return support::describe(flaw.flaw->first) + ": column '" + flaw.column + "' holds " +
           (empty ? "an empty cell" : "'" + support::visible(flaw.flaw->text, 60) + "'") + " (" +
           support::count_of(flaw.flaw->count, "such cell", "such cells") + "), wanted " +
           std::string(flaw.wanted) + " in every row" +
           (empty ? "; `on_missing_value: drop` leaves such " + std::string(unit) + " out" : "");
}

std::optional<ColumnFlaw> find_flaw(const Metric& metric, const evidence::Examples& examples,
                                    bool missing_is_flaw) {
    for (const UsedColumn& column : used_columns(metric, examples)) {
        if (const Flaw* flaw = flaw_of(column, missing_is_flaw)) {
            return described(column, examples, *flaw);
        }
    }
    return std::nullopt;
}

Rows without_missing(const Metric& metric, const evidence::Examples& examples, const Rows& rows) {
    std::vector<UsedColumn> columns = used_columns(metric, examples);
    std::erase_if(columns, [](const UsedColumn& column) { return !has_missing(column); });
    if (columns.empty()) {
        return rows;
    }
    std::vector<std::optional<std::uint32_t>> empty;
    for (const UsedColumn& column : columns) {
        empty.push_back(column.category != nullptr ? missing_code(column, examples) : std::nullopt);
    }
    std::vector<std::uint32_t> kept;
    kept.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const std::size_t row = rows[at];
        bool missing = false;
        for (std::size_t which = 0; which < columns.size(); ++which) {
            missing = missing || is_missing_at(columns[which], empty[which], row);
        }
        if (!missing) {
            kept.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return kept.size() == rows.size() ? rows : Rows(std::move(kept));
}

// Two different models often agree on a few classes or 0/1 values, hardly ever on scores.
bool is_coarse(const Metric& metric, const evidence::Examples& examples) {
    const unsigned needs = metric.definition->needs;
    return (needs & value_column) != 0U ||
           ((needs & predicted_class) != 0U && !has_scores(examples));
}

bool identical_sides(const Metric& metric, const evidence::Examples& examples, const Rows& rows) {
    if (!equal_sides(metric, examples, rows)) {
        return false;
    }
    if (!is_coarse(metric, examples)) {
        return true;
    }
    return equal_sides(metric, examples,
                       without_missing(metric, examples, Rows::all(examples.rows)));
}

}  // namespace metricgate::metrics
