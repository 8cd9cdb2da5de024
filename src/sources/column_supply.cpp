#include "sources/column_supply.h"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::CategoryColumn;
using evidence::NumberColumn;

std::size_t length(const NumberColumn& column) {
    return column.values.size();
}

std::size_t length(const CategoryColumn& column) {
    return column.codes.size();
}

// The place of the first flaw is kept even when that row was dropped: it still shows one.
void set_count(evidence::Flaw& flaw, std::size_t count) {
    flaw.count = count;
    if (count == 0) {
        flaw = {};
    }
}

void recount_flaws(NumberColumn& column) {
    if (column.missing.count == 0 && column.non_finite.count == 0) {
        return;
    }
    std::size_t missing = 0;
    std::size_t non_finite = 0;
    for (const double value : column.values) {
        if (evidence::is_missing(value)) {
            ++missing;
        } else if (!std::isfinite(value)) {
            ++non_finite;
        }
    }
    set_count(column.missing, missing);
    set_count(column.non_finite, non_finite);
}

bool is_non_finite(std::string_view name) {
    const support::NumberKind kind = support::parse_number(name).kind;
    return kind == support::NumberKind::not_a_number ||
           kind == support::NumberKind::positive_infinity ||
           kind == support::NumberKind::negative_infinity;
}

// Names that no row carries any more would become empty slices.
void drop_unused_names(CategoryColumn& column) {
    std::vector<std::size_t> uses(column.names.size(), 0);
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
        ++uses[column.codes[row]];
    }
    std::vector<std::uint32_t> map(column.names.size(), 0);
    std::vector<std::string> names;
    std::size_t missing = 0;
    std::size_t non_finite = 0;
    for (std::size_t code = 0; code < uses.size(); ++code) {
        if (uses[code] > 0) {
            map[code] = static_cast<std::uint32_t>(names.size());
            missing += column.names[code].empty() ? uses[code] : 0;
            non_finite += is_non_finite(column.names[code]) ? uses[code] : 0;
            names.push_back(std::move(column.names[code]));
        }
    }
    column.names = std::move(names);
    column.codes.recode(map);
    set_count(column.missing, missing);
    // A name in quotes may say the same; then only a column without a bare one is free of flaws.
    set_count(column.non_finite, column.non_finite.count > 0 ? non_finite : 0);
}

}  // namespace

ColumnSupply::ColumnSupply(evidence::Table table, RowList rows, bool dropped)
    : m_table(std::move(table)), m_rows(std::move(rows)), m_dropped(dropped) {}

void ColumnSupply::announce(Uses& uses, const std::string& name) {
    if (!name.empty()) {
        ++uses[name];
    }
}

void ColumnSupply::keep_rows(NumberColumn& column) const {
    std::vector<double> kept;
    kept.reserve(m_rows->size());
    for (const std::uint32_t row : *m_rows) {
        kept.push_back(column.values[row]);
    }
    column.values = std::move(kept);
    if (m_dropped) {
        recount_flaws(column);
    }
}

void ColumnSupply::keep_rows(CategoryColumn& column) const {
    column.codes.select(*m_rows);
    if (m_dropped) {
        drop_unused_names(column);
    }
}

template <class Column>
std::optional<Column> ColumnSupply::take(std::map<std::string, Column>& columns, Uses& uses,
                                         const std::string& name) {
    if (name.empty()) {
        return std::nullopt;
    }
    const auto found = columns.find(name);
    if (found == columns.end() || length(found->second) != m_table.rows) {
        m_problem = support::visible(m_table.source) + " has no usable column '" +
                    support::visible(name) + "'";
        return std::nullopt;
    }
    std::optional<Column> column;
    if (--uses[name] > 0) {
        column = found->second;
    } else {
        column = std::move(found->second);
        columns.erase(found);
    }
    if (m_rows) {
        keep_rows(*column);
    }
    return column;
}

std::optional<NumberColumn> ColumnSupply::number(const std::string& name) {
    return take(m_table.numbers, m_number_uses, name);
}

std::optional<CategoryColumn> ColumnSupply::category(const std::string& name) {
    return take(m_table.categories, m_category_uses, name);
}

std::vector<std::string> ColumnSupply::contents() const {
    std::vector<std::string> names;
    for (const auto& [name, column] : m_table.contents) {
        names.push_back(name);
    }
    return names;
}

std::optional<CategoryColumn> ColumnSupply::content(const std::string& name) const {
    const auto found = m_table.contents.find(name);
    if (found == m_table.contents.end() || length(found->second) != m_table.rows) {
        return std::nullopt;
    }
    CategoryColumn column = found->second;
    if (m_rows) {
        keep_rows(column);
    }
    return column;
}

std::optional<CategoryColumn> ColumnSupply::groups() const {
    if (!m_table.groups || length(*m_table.groups) != m_table.rows) {
        return std::nullopt;
    }
    CategoryColumn column = *m_table.groups;
    if (m_rows) {
        keep_rows(column);
    }
    return column;
}

std::size_t ColumnSupply::left_out() const noexcept {
    return m_dropped && m_rows ? m_table.rows - m_rows->size() : 0;
}

std::optional<CategoryColumn> ColumnSupply::unpaired(const std::string& name) const {
    const auto found = m_table.categories.find(name);
    if (left_out() == 0 || found == m_table.categories.end() ||
        length(found->second) != m_table.rows) {
        return std::nullopt;
    }
    std::vector<bool> paired(m_table.rows, false);
    for (const std::uint32_t row : *m_rows) {
        paired[row] = true;
    }
    std::vector<std::uint32_t> left_out;
    for (std::uint32_t row = 0; row < paired.size(); ++row) {
        if (!paired[row]) {
            left_out.push_back(row);
        }
    }
    CategoryColumn column = found->second;
    column.codes.select(left_out);
    drop_unused_names(column);
    return column;
}

}  // namespace metricgate::sources
