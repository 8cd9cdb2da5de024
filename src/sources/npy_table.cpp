#include "sources/npy_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sources/little_endian.h"
#include "sources/npy_columns.h"
#include "sources/table_columns.h"
#include "sources/zip_archive.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view suffix = ".npy";

/// A column and the bytes that hold it.
struct Held {
    NpyColumn column;
    support::Bytes bytes;
};

using Columns = support::Result<std::vector<Held>>;

/// Adds the columns of one array; what is wrong with it otherwise.
std::string add_columns(const support::Bytes& bytes, const std::string& name,
                        std::vector<Held>& columns) {
    NpyHeader header;
    if (std::string problem = read_npy_header(bytes.view(), header); !problem.empty()) {
        return problem;
    }
    for (NpyColumn& column : columns_of(header, name)) {
        columns.push_back({std::move(column), bytes});
    }
    return {};
}

Columns columns_of_npy(const Document& document) {
    std::vector<Held> columns;
    std::string problem = add_columns(document.bytes(), "", columns);
    if (problem.empty() && columns.empty()) {
        problem =
            "the array is no table: wanted one dimension, or two of plain numbers, and at least "
            "one row and column";
    }
    if (!problem.empty()) {
        return support::problem_in(document.source(), std::move(problem));
    }
    return columns;
}

Columns columns_of_npz(const Document& document) {
    const auto archive = ZipArchive::open(document.bytes(), document.source());
    if (!archive.ok()) {
        return archive.problems();
    }
    std::vector<Held> columns;
    for (const ZipMember& member : archive->members()) {
        const auto bytes = archive->read(member);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        if (!member.name.ends_with(suffix)) {
            return support::problem_in(
                document.source(),
                "the member '" + support::visible(member.name) + "' is no array (.npy)");
        }
        const std::string name = member.name.substr(0, member.name.size() - suffix.size());
        if (std::string problem = add_columns(*bytes, name, columns); !problem.empty()) {
            return support::problem_in(document.source(),
                                       "'" + support::visible(name) + "': " + problem);
        }
    }
    if (columns.empty()) {
        return support::problem_in(document.source(), "the archive holds no array with rows");
    }
    return columns;
}

support::Result<evidence::Table> read(const Columns& held, const std::string& source,
                                      const std::vector<ColumnRequest>& requests) {
    if (!held.ok()) {
        return held.problems();
    }
    std::vector<std::string> names;
    for (const Held& one : *held) {
        names.push_back(one.column.name);
    }
    if (const auto name = repeated_name(names)) {
        return support::problem_in(source,
                                   "has two columns called '" + support::visible(*name) + "'");
    }
    InputProblems problems(source);
    TableColumns columns(support::Bytes(), source, names, requests, problems);
    const NpyColumn* first = nullptr;
    for (std::size_t i = 0; i < held->size(); ++i) {
        const NpyColumn& column = (*held)[i].column;
        ColumnReader* reader = columns.at(i);
        if (reader == nullptr) {
            continue;
        }
        first = first == nullptr ? &column : first;
        if (const std::string what = unreadable(column); !what.empty()) {
            problems.add(0, 0, "column '" + support::visible(column.name) + "' holds " + what);
        } else if (column.rows != first->rows) {
            problems.add(0, 0,
                         "column '" + support::visible(first->name) + "' has " +
                             support::count_of(first->rows, "row", "rows") + ", but '" +
                             support::visible(column.name) + "' has " +
                             std::to_string(column.rows));
        } else if (column.rows >= std::numeric_limits<std::uint32_t>::max()) {
            problems.add(0, 0, "has more than 4,294,967,294 rows");
        } else {
            reader->reserve(column.rows);
            ReaderSink sink(*reader, problems);
            put_cells((*held)[i].bytes.view(), column, column.rows, sink);
        }
    }
    const std::size_t rows = first != nullptr ? first->rows : held->front().column.rows;
    if (rows == 0 && problems.empty()) {
        problems.add(0, 0, "has columns but no rows, wanted at least one example");
    }
    return columns.finish(rows, problems, "rows", [&](std::size_t row) {
        return problems.at(static_cast<std::uint32_t>(row + 1), 0);
    });
}

support::Result<Outline> outline(const Columns& held, const std::string& source,
                                 std::string_view format) {
    constexpr std::size_t most = 50;
    if (!held.ok()) {
        return held.problems();
    }
    Outline result;
    result.format = std::string(format);
    const std::size_t rows = held->front().column.rows;
    result.first_rows.resize(std::min(most, rows));
    for (const Held& one : *held) {
        if (one.column.rows != rows) {
            return support::problem_in(source, "the arrays have different lengths: '" +
                                                   support::visible(held->front().column.name) +
                                                   "' has " + std::to_string(rows) + " rows and '" +
                                                   support::visible(one.column.name) + "' has " +
                                                   std::to_string(one.column.rows));
        }
        result.columns.push_back(one.column.name);
        TextSink texts;
        if (unreadable(one.column).empty()) {
            put_cells(one.bytes.view(), one.column, most, texts);
        }
        for (std::size_t row = 0; row < result.first_rows.size(); ++row) {
            result.first_rows[row].push_back(row < texts.texts().size() ? texts.texts()[row]
                                                                        : std::string());
        }
    }
    if (rows == 0) {
        return support::problem_in(source, "has columns but no rows, wanted at least one example");
    }
    return result;
}

/// The name of the first member of an archive; empty when there is none.
std::string_view first_member(std::string_view bytes) {
    constexpr std::size_t header_size = 30;
    constexpr std::size_t length_at = 26;
    if (!ZipArchive::is_zip(bytes) || bytes.size() < header_size) {
        return {};
    }
    return bytes.substr(header_size, little_endian<std::uint16_t>(bytes, length_at));
}

}  // namespace

bool recognises_npy(const Document& document) {
    return !document.is_folder() && is_npy(document.bytes().view());
}

support::Result<evidence::Table> read_npy(const Document& document,
                                          const std::vector<ColumnRequest>& columns) {
    return read(columns_of_npy(document), document.source(), columns);
}

support::Result<Outline> outline_npy(const Document& document) {
    return outline(columns_of_npy(document), document.source(), "npy");
}

bool recognises_npz(const Document& document) {
    return !document.is_folder() && first_member(document.bytes().view()).ends_with(suffix);
}

support::Result<evidence::Table> read_npz(const Document& document,
                                          const std::vector<ColumnRequest>& columns) {
    return read(columns_of_npz(document), document.source(), columns);
}

support::Result<Outline> outline_npz(const Document& document) {
    return outline(columns_of_npz(document), document.source(), "npz");
}

}  // namespace metricgate::sources
