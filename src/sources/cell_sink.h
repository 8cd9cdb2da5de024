#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/input_problems.h"
#include "sources/table_columns.h"

namespace metricgate::sources {

/// Where the cells of one column of a binary table go, row by row. Every cell ends in the same
/// checks as a cell of a text table; the place of a cell is the number of its row, from 1, in its
/// file.
class CellSink {
public:
    virtual ~CellSink() = default;

    /// The next cell is in the first row of a file.
    void enter_file() noexcept { m_row = 0; }
    void put(double value);
    /// As its shortest decimal.
    void put(float value);
    void put(std::int64_t value);
    void put(std::uint64_t value);
    void put(bool value);
    void put_text(std::string_view text);
    /// A decimal number as text: 12.50
    void put_decimal(std::string_view text);
    void put_null();
    /// What may be anything, as a cell of CSV: the name of a folder.
    void put_untyped(std::string_view text);

private:
    void give(std::string_view text, CellKind kind);
    virtual void take(const Cell& cell) = 0;
    /// False when the column wants text too.
    virtual bool take_finite(double value) = 0;

    std::uint32_t m_row = 0;
};

/// Cells for a column that was asked for.
class ReaderSink final : public CellSink {
public:
    ReaderSink(ColumnReader& reader, InputProblems& problems)
        : m_reader(reader), m_problems(problems) {}

private:
    void take(const Cell& cell) override;
    bool take_finite(double value) override { return m_reader.put_finite(value); }

    ColumnReader& m_reader;
    InputProblems& m_problems;
};

/// Cells as the text of an outline.
class TextSink final : public CellSink {
public:
    [[nodiscard]] const std::vector<std::string>& texts() const noexcept { return m_texts; }

private:
    void take(const Cell& cell) override;
    bool take_finite(double /*value*/) override { return false; }

    std::vector<std::string> m_texts;
};

}  // namespace metricgate::sources
