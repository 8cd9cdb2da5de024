#include "sources/jsonl_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sources/json_line.h"
#include "sources/json_line_reader.h"
#include "sources/line_count.h"
#include "sources/table_columns.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

std::string_view name_of(CellKind kind) {
    switch (kind) {
        case CellKind::untyped:
        case CellKind::string:
            return "text";
        case CellKind::number:
            return "a number";
        case CellKind::boolean:
            return "true or false";
        case CellKind::null:
            return "null";
        case CellKind::list:
            return "a list";
    }
    return "";
}

/// The keys of a line that hold values, in the order of the line.
std::vector<std::string> columns_of(const JsonLines& objects) {
    std::vector<std::string> names;
    for (const JsonLines::Leaf& leaf : objects.leaves()) {
        names.push_back(objects.keys()[leaf.key]);
    }
    return names;
}

/// A column that was asked for.
struct Wanted {
    ColumnReader* reader;
    std::size_t key;
    CellKind kind;  ///< of the first value that is not null
};

/// Hands the values of one line to the columns that want them.
void put_row(const JsonLines& objects, std::uint32_t line, std::vector<Wanted>& columns,
             InputProblems& problems) {
    for (Wanted& column : columns) {
        const JsonLines::Leaf* leaf = objects.find(column.key);
        if (leaf == nullptr) {
            problems.add(line, 1,
                         "this row has no '" + support::visible(column.reader->name()) +
                             "', but the first one does; write null where there is no value");
            continue;
        }
        if (column.kind == CellKind::null) {
            column.kind = leaf->kind;
        }
        if (leaf->kind != CellKind::null && leaf->kind != column.kind) {
            problems.add(line, leaf->column,
                         "'" + support::visible(column.reader->name()) + "' is " +
                             std::string(name_of(leaf->kind)) + " here, but " +
                             std::string(name_of(column.kind)) + " in the rows before");
            continue;
        }
        column.reader->put({leaf->text, leaf->kind, line, leaf->column}, problems);
    }
}

}  // namespace

support::Result<evidence::Table> read_jsonl(const support::Bytes& text, const std::string& source,
                                            const std::vector<ColumnRequest>& requests) {
    InputProblems problems(source);
    const std::size_t lines = count_line_feeds(text.view()) + 1;
    if (lines >= std::numeric_limits<std::uint32_t>::max()) {
        problems.add(0, 0, "the file has more than 4,294,967,294 lines");
        return problems.take();
    }
    JsonLines objects;
    JsonLineReader reader(text.view(), problems);
    if (!reader.next(objects)) {
        if (problems.empty()) {
            problems.add(0, 0, "the file is empty; wanted one JSON object a line");
        }
        return problems.take();
    }
    const std::vector<std::string> names = columns_of(objects);
    TableColumns columns(text, source, names, requests, problems);
    constexpr std::size_t shortest_row = 3;  // {} and its line end
    columns.reserve(std::min(lines, text.view().size() / shortest_row + 1));
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (ColumnReader* column = columns.at(i); column != nullptr) {
            wanted.push_back({column, objects.leaves()[i].key, CellKind::null});
        }
    }
    std::size_t rows = 0;
    do {
        put_row(objects, reader.line(), wanted, problems);
        ++rows;
    } while (!problems.full() && reader.next(objects));
    return columns.finish(rows, problems,
                          [](std::size_t row) { return static_cast<std::uint32_t>(row + 1); });
}

support::Result<Outline> outline_jsonl(std::string_view text, const std::string& source) {
    constexpr std::size_t most = 50;
    InputProblems problems(source);
    JsonLines objects;
    JsonLineReader reader(text, problems);
    Outline result;
    result.format = "jsonl";
    std::vector<std::size_t> keys;
    while (result.first_rows.size() < most && reader.next(objects)) {
        if (result.first_rows.empty()) {
            result.columns = columns_of(objects);
            for (const JsonLines::Leaf& leaf : objects.leaves()) {
                keys.push_back(leaf.key);
            }
        }
        std::vector<std::string> row;
        for (const std::size_t key : keys) {
            const JsonLines::Leaf* leaf = objects.find(key);
            const bool empty = leaf == nullptr || leaf->kind == CellKind::null;
            row.push_back(empty ? std::string() : std::string(leaf->text));
        }
        result.first_rows.push_back(std::move(row));
    }
    if (result.first_rows.empty() && problems.empty()) {
        problems.add(0, 0, "the file is empty; wanted one JSON object a line");
    }
    if (!problems.empty()) {
        return problems.take();
    }
    return result;
}

}  // namespace metricgate::sources
