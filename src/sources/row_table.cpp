#include "sources/row_table.h"

#include <algorithm>
#include <utility>

#include "sources/category_builder.h"
#include "sources/input_problems.h"

namespace metricgate::sources {

RowTable::Column RowTable::column(std::string_view name) {
    if (const auto found = m_columns.find(name); found != m_columns.end()) {
        return found->second;
    }
    const Column column = m_names.size();
    m_names.emplace_back(name);
    m_columns.emplace(m_names.back(), column);
    m_cells.emplace_back();
    return column;
}

RowTable::Row RowTable::add_row(std::uint32_t line) {
    m_lines.push_back(line);
    return m_lines.size() - 1;
}

void RowTable::put(Row row, Column column, const Cell& cell) {
    std::vector<Cell>& cells = m_cells[column];
    if (cells.size() <= row) {
        cells.resize(row + 1, Cell{{}, CellKind::null, 0, 0});
    }
    // What is said of an example often repeats the row before: one copy will do.
    const bool repeats = row > 0 && cells[row - 1].text == cell.text;
    const std::string_view text =
        repeats ? cells[row - 1].text : std::string_view(m_texts.emplace_back(cell.text));
    cells[row] = {text, cell.kind, std::max(cell.line, std::uint32_t{1}), cell.column};
}

bool RowTable::has(Row row, Column column) const {
    return row < m_cells[column].size() && m_cells[column][row].line > 0;
}

std::string_view RowTable::text_of(Row row, Column column) const {
    return has(row, column) ? m_cells[column][row].text : std::string_view();
}

Cell RowTable::cell(Row row, Column column) const {
    return has(row, column) ? m_cells[column][row] : Cell{{}, CellKind::null, m_lines[row], 0};
}

evidence::CategoryColumn RowTable::category(Column column) const {
    CategoryBuilder builder{support::Bytes()};
    builder.reserve(rows());
    for (Row row = 0; row < rows(); ++row) {
        const std::string_view text = text_of(row, column);
        if (text.empty()) {
            builder.push_missing(support::in_file(m_document.source(), m_lines[row]), text);
        } else {
            builder.push_back(text);
        }
    }
    return builder.take();
}

support::Result<evidence::Table> RowTable::table(const std::vector<ColumnRequest>& requests) const {
    InputProblems problems(m_document.source());
    if (rows() == 0) {
        problems.add(0, 0, "there is no example in this file");
        return problems.take();
    }
    TableColumns columns(m_document.bytes(), m_document.source(), m_names, requests, problems);
    columns.reserve(rows());
    for (Column column = 0; column < m_names.size(); ++column) {
        ColumnReader* reader = columns.at(column);
        for (Row row = 0; reader != nullptr && row < rows() && !problems.full(); ++row) {
            reader->put(cell(row, column), problems);
        }
    }
    auto table = columns.finish(rows(), problems, [this](std::size_t row) { return m_lines[row]; });
    if (!table) {
        return table;
    }
    for (const Column column : m_contents) {
        table->contents.emplace(m_names[column], category(column));
    }
    if (m_group) {
        table->groups = category(*m_group);
    }
    return table;
}

support::Result<Outline> RowTable::outline() const {
    constexpr std::size_t most = 50;
    if (rows() == 0) {
        return support::problem_in(m_document.source(), "there is no example in this file");
    }
    Outline outline;
    outline.format = m_format;
    outline.columns = m_names;
    for (Row row = 0; row < std::min(most, rows()); ++row) {
        std::vector<std::string> texts;
        for (Column column = 0; column < m_names.size(); ++column) {
            texts.emplace_back(text_of(row, column));
        }
        outline.first_rows.push_back(std::move(texts));
    }
    return outline;
}

}  // namespace metricgate::sources
