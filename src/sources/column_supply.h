#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/table.h"
#include "sources/id_match.h"

namespace metricgate::sources {

/// Gives the columns of a table away, in the order of the paired rows. A column that several roles
/// name is copied for all but the last of them, so every use is announced before the first take.
class ColumnSupply {
public:
    /// `rows`: see RowList; `dropped`: some rows of the table are not in it.
    ColumnSupply(evidence::Table table, RowList rows, bool dropped);

    void announce_number(const std::string& name) { announce(m_number_uses, name); }
    void announce_category(const std::string& name) { announce(m_category_uses, name); }

    /// The column; nothing when `name` is empty or was not read, which `problem` then tells.
    std::optional<evidence::NumberColumn> number(const std::string& name);
    std::optional<evidence::CategoryColumn> category(const std::string& name);
    /// Names of what the format says of each example, see evidence::Table::contents.
    [[nodiscard]] std::vector<std::string> contents() const;
    /// One of them, or nothing.
    [[nodiscard]] std::optional<evidence::CategoryColumn> content(const std::string& name) const;
    /// The rows that the format says belong together, or nothing.
    [[nodiscard]] std::optional<evidence::CategoryColumn> groups() const;
    /// Rows of the table that are not paired.
    [[nodiscard]] std::size_t left_out() const noexcept;
    /// The column on those rows; asked for before the column itself is taken. Nothing when there
    /// are none or the column was not read.
    [[nodiscard]] std::optional<evidence::CategoryColumn> unpaired(const std::string& name) const;

    [[nodiscard]] bool has_category(const std::string& name) const {
        return m_table.categories.count(name) != 0;
    }
    [[nodiscard]] const std::string& problem() const noexcept { return m_problem; }

private:
    using Uses = std::map<std::string, std::size_t>;
    static void announce(Uses& uses, const std::string& name);
    template <class Column>
    std::optional<Column> take(std::map<std::string, Column>& columns, Uses& uses,
                               const std::string& name);
    void keep_rows(evidence::NumberColumn& column) const;
    void keep_rows(evidence::CategoryColumn& column) const;

    evidence::Table m_table;
    RowList m_rows;
    bool m_dropped = false;
    Uses m_number_uses;
    Uses m_category_uses;
    std::string m_problem;
};

}  // namespace metricgate::sources
