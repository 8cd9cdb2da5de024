#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/table.h"
#include "sources/category_builder.h"
#include "sources/input_problems.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

/// What a cell is before it is known how it will be read: text from CSV may be anything, JSON says
/// what it is.
enum class CellKind { untyped, string, number, boolean, null, list };

struct Cell {
    std::string_view text;  ///< unescaped
    CellKind kind = CellKind::untyped;
    std::uint32_t line = 0;
    std::uint32_t column = 0;  ///< byte in the line
};

/// One column of the file and the ways in which it was asked for.
class ColumnReader {
public:
    ColumnReader(std::string name, const support::Bytes& text)
        : m_name(std::move(name)), m_text(text) {}

    void ask(ReadAs as);
    void reserve(std::size_t rows);
    /// Cells must come in file order, one a row.
    void put(const Cell& cell, InputProblems& problems);
    /// The same for a finite number that a binary table holds, without a way through text. False,
    /// and nothing is done, when the column is also wanted as text.
    bool put_finite(double value);
    void move_into(evidence::Table& table);

    [[nodiscard]] const std::string& name() const noexcept { return m_name; }

private:
    void put_id(const Cell& cell, InputProblems& problems);
    void put_number(const Cell& cell, InputProblems& problems);
    void put_category(const Cell& cell, InputProblems& problems);
    void put_observed(const Cell& cell, const InputProblems& problems);
    [[nodiscard]] std::string refusal(const Cell& cell, std::string_view wanted) const;

    std::string m_name;
    support::Bytes m_text;
    std::optional<evidence::IdColumn> m_ids;
    std::optional<evidence::NumberColumn> m_numbers;
    std::optional<CategoryBuilder> m_categories;
    std::optional<evidence::ObservedColumn> m_observed;
};

/// The columns of `names`, in that order, each with what was asked of it; null where nothing was.
/// Requests for columns that are not there become problems at the place that made them.
class TableColumns {
public:
    TableColumns(const support::Bytes& text, const std::string& source,
                 const std::vector<std::string>& names, const std::vector<ColumnRequest>& requests,
                 InputProblems& problems);

    void reserve(std::size_t rows);
    /// The reader of the file's column number `index`, or null.
    [[nodiscard]] ColumnReader* at(std::size_t index) noexcept {
        return m_of_column[index] < 0 ? nullptr
                                      : &m_readers[static_cast<std::size_t>(m_of_column[index])];
    }

    /// The table, or the problems. `line_of_row` is asked only when ids are repeated.
    support::Result<evidence::Table> finish(
        std::size_t rows, InputProblems& problems,
        const std::function<std::uint32_t(std::size_t)>& line_of_row);
    /// The same for tables that have no lines, or several files: `place_of_row` says where a row
    /// is, and `noun` what its line counts.
    support::Result<evidence::Table> finish(
        std::size_t rows, InputProblems& problems, std::string_view noun,
        const std::function<support::Location(std::size_t)>& place_of_row);

private:
    std::string m_source;
    std::vector<ColumnReader> m_readers;
    std::vector<std::int32_t> m_of_column;
};

/// The first of the names, by bytes, that stands twice; or nothing.
std::optional<std::string> repeated_name(std::vector<std::string> names);

}  // namespace metricgate::sources
