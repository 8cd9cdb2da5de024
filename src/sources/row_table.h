#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/document.h"
#include "sources/table_columns.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

/// A table that a reader puts together cell by cell, for formats whose rows are no lines of text:
/// logs, where one example is an object somewhere in a document, or several lines. Cells that were
/// never put are empty.
class RowTable {
public:
    using Column = std::size_t;
    using Row = std::size_t;

    RowTable(std::string_view format, const Document& document)
        : m_format(format), m_document(document) {}

    /// The column of that name, made when it is new.
    Column column(std::string_view name);
    /// A new row; `line` is where its example stands.
    Row add_row(std::uint32_t line);
    [[nodiscard]] std::size_t rows() const noexcept { return m_lines.size(); }
    [[nodiscard]] std::uint32_t line_of(Row row) const { return m_lines[row]; }

    /// The text is copied. A second value for one cell replaces the first: ask `has` before.
    void put(Row row, Column column, const Cell& cell);
    [[nodiscard]] bool has(Row row, Column column) const;
    [[nodiscard]] std::string_view text_of(Row row, Column column) const;

    /// The column says what an example is: see evidence::Table::contents.
    void is_content(Column column) { m_contents.push_back(column); }
    /// The column says which rows belong together: see evidence::Table::groups.
    void is_group(Column column) { m_group = column; }

    [[nodiscard]] support::Result<evidence::Table> table(
        const std::vector<ColumnRequest>& requests) const;
    [[nodiscard]] support::Result<Outline> outline() const;

private:
    [[nodiscard]] Cell cell(Row row, Column column) const;
    [[nodiscard]] evidence::CategoryColumn category(Column column) const;

    std::string m_format;
    const Document& m_document;
    std::vector<std::string> m_names;
    std::map<std::string, Column, std::less<>> m_columns;
    std::vector<std::vector<Cell>> m_cells;  ///< by column, as long as the last row put
    std::vector<std::uint32_t> m_lines;
    std::deque<std::string> m_texts;
    std::vector<Column> m_contents;
    std::optional<Column> m_group;
};

}  // namespace metricgate::sources
