#include "sources/sqlite_table.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "sources/cell_sink.h"
#include "sources/mlflow_database.h"
#include "sources/sqlite_database.h"
#include "sources/table_columns.h"
#include "sources/unpacked_limit.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;
using Names = std::vector<std::string>;

struct StoredTable {
    std::string name;
    Names columns;
};

using Tables = std::vector<StoredTable>;

/// A default of a column is stored once and stands in every row.
constexpr UnpackedLimit growth{std::uint64_t{32} << 20, 32};
constexpr std::uint64_t most_memory = std::uint64_t{4} << 30;

std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        text += c == '"' ? "\"\"" : std::string(1, c);
    }
    return text + "\"";
}

/// 'id', 'label' and 4 more; each with what it may have meant where `near` are given.
std::string listed(const Names& names, const Names& near = {}) {
    constexpr std::size_t shown = 8;
    Names texts;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
        texts.push_back("'" + support::visible(names[i], 60) + "'" +
                        support::did_you_mean(names[i], near));
    }
    if (names.size() > shown) {
        texts.push_back(std::to_string(names.size() - shown) + " more");
    }
    return support::enumerate(texts);
}

std::string listed(const Tables& tables) {
    Names names;
    for (const StoredTable& table : tables) {
        names.push_back(table.name);
    }
    return listed(names);
}

Result<SqliteDatabase> open(const Document& document) {
    const std::string& source = document.source();
    if (document.is_folder()) {
        return support::problem_in(source, "is a directory; name a file");
    }
    if (!is_sqlite(document.bytes().view())) {
        return support::problem_in(
            source, "is no SQLite database: it does not begin with 'SQLite format 3'");
    }
    if (recognises_mlflow_database(document)) {
        return support::problem_in(source,
                                   "is MLflow's store, where a NaN is written as 0; read it as "
                                   "`format: mlflow_database`, `kind: metrics`");
    }
    return SqliteDatabase::of_bytes(document.bytes(), source);
}

/// The tables whose columns are all stored, in the order of their names. What a view or a generated
/// column shows would have to be worked out by what the file says.
Result<Tables> tables_of(const SqliteDatabase& database) {
    SqliteRows found = database.rows(
        "SELECT m.name, c.name, c.hidden FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE "
        "m.type = 'table' AND m.sql LIKE 'CREATE TABLE%' AND m.name NOT LIKE 'sqlite!_%' ESCAPE "
        "'!' ORDER BY m.name, c.cid");
    Tables tables;
    Names generated;
    while (found.next()) {
        const std::string name = found.text(0);
        if (tables.empty() || tables.back().name != name) {
            tables.push_back({name, {}});
        }
        tables.back().columns.push_back(found.text(1));
        if (found.integer(2) != 0 && (generated.empty() || generated.back() != name)) {
            generated.push_back(name);
        }
    }
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    std::erase_if(tables, [&](const StoredTable& table) {
        return std::find(generated.begin(), generated.end(), table.name) != generated.end();
    });
    if (tables.empty()) {
        return support::problem_in(database.source(),
                                   "the database holds no table whose columns are all stored; "
                                   "views and generated columns are not read: CREATE TABLE ... AS "
                                   "SELECT ... stores what they show");
    }
    return tables;
}

/// The requests that a table cannot meet, each column once.
std::vector<const ColumnRequest*> lacking(const StoredTable& table,
                                          const std::vector<ColumnRequest>& requests) {
    std::vector<const ColumnRequest*> missing;
    for (const ColumnRequest& request : requests) {
        const auto is_same = [&](const ColumnRequest* other) {
            return other->column == request.column;
        };
        if (std::find(table.columns.begin(), table.columns.end(), request.column) ==
                table.columns.end() &&
            std::none_of(missing.begin(), missing.end(), is_same)) {
            missing.push_back(&request);
        }
    }
    return missing;
}

support::Diagnostic no_such_table(const Tables& tables, const std::string& source,
                                  const std::vector<ColumnRequest>& requests) {
    const auto nearest =
        std::min_element(tables.begin(), tables.end(), [&](const auto& one, const auto& other) {
            return lacking(one, requests).size() < lacking(other, requests).size();
        });
    const auto missing = lacking(*nearest, requests);
    Names names;
    for (const ColumnRequest* request : missing) {
        names.push_back(request->column);
    }
    const bool placed = missing.front()->where.file != nullptr;
    return {placed ? missing.front()->where : support::in_file(source),
            "no table of '" + support::visible(source) +
                "' has all columns that are asked for; nearest is '" +
                support::visible(nearest->name, 60) + "', which lacks " +
                listed(names, nearest->columns) + "; it has " + listed(nearest->columns) +
                ", and the tables are " + listed(tables)};
}

/// The one table that has what is asked for. Of a database with one table that is this table: what
/// it lacks is said as of any other file.
Result<StoredTable> table_with(const Tables& tables, const std::string& source,
                               const std::vector<ColumnRequest>& requests) {
    if (tables.size() == 1) {
        return tables.front();
    }
    Tables fitting;
    for (const StoredTable& table : tables) {
        if (lacking(table, requests).empty()) {
            fitting.push_back(table);
        }
    }
    if (fitting.empty()) {
        return no_such_table(tables, source, requests);
    }
    if (fitting.size() > 1) {
        return support::problem_in(
            source, "the tables " + listed(fitting) +
                        " all have the columns that are asked for; name a column in the policy "
                        "that only one of them has, or keep one of them in a copy");
    }
    return fitting.front();
}

/// NOT INDEXED, so that rows come in the order of the table: of their rowid, or of the key of a
/// table without one. The name of the table before each column, because SQLite takes "x" for a text
/// where there is no column x.
SqliteRows rows_of(const SqliteDatabase& database, const StoredTable& table,
                   const std::vector<std::size_t>& columns, std::string_view end) {
    std::string query = "SELECT ";
    for (const std::size_t column : columns) {
        query += "t." + quoted(table.columns[column]) + ", ";
    }
    return database.rows(query + "1 FROM " + quoted(table.name) + " AS t NOT INDEXED" +
                         std::string(end));
}

/// Hands a value on; why it cannot be read otherwise.
std::string put_value(const SqliteRows& row, int at, CellSink& sink) {
    switch (row.type(at)) {
        case SqliteType::null:
            sink.put_null();
            return {};
        case SqliteType::integer:
            sink.put(row.integer(at));
            return {};
        case SqliteType::real:
            sink.put(row.real(at));
            return {};
        case SqliteType::text: {
            const std::string text = row.text(at);
            if (text.find('\0') != std::string::npos) {
                return "text with a NUL byte: '" + support::visible(text, 60) + "'";
            }
            if (support::find_invalid_utf8(text) != std::string::npos) {
                return "text that is no UTF-8: '" + support::visible(text, 60) + "'";
            }
            sink.put_untyped(text);
            return {};
        }
        case SqliteType::bytes:
            return "bytes (BLOB), wanted text or numbers; Python's sqlite3 writes integers of "
                   "numpy so: write int(x)";
    }
    return {};
}

}  // namespace

bool recognises_sqlite(const Document& document) {
    return !document.is_folder() && is_sqlite(document.bytes().view()) &&
           !recognises_mlflow_database(document);
}

Result<evidence::Table> read_sqlite(const Document& document,
                                    const std::vector<ColumnRequest>& requests) {
    const std::string& source = document.source();
    const auto database = open(document);
    if (!database.ok()) {
        return database.problems();
    }
    const auto tables = tables_of(*database);
    if (!tables.ok()) {
        return tables.problems();
    }
    const auto table = table_with(*tables, source, requests);
    if (!table.ok()) {
        return table.problems();
    }
    InputProblems problems(source);
    TableColumns columns(support::Bytes(), source, table->columns, requests, problems);
    if (!problems.empty()) {
        return problems.take();
    }
    std::vector<std::size_t> wanted;
    std::vector<std::unique_ptr<ReaderSink>> sinks;
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
        if (ColumnReader* reader = columns.at(i); reader != nullptr) {
            wanted.push_back(i);
            sinks.push_back(std::make_unique<ReaderSink>(*reader, problems));
        }
    }
    const std::uint64_t most = growth.of(document.bytes().view().size(), most_memory);
    std::uint64_t taken = 0;
    std::uint32_t rows = 0;
    SqliteRows found = rows_of(*database, *table, wanted, "");
    while (!problems.full() && found.next()) {
        if (rows == std::numeric_limits<std::uint32_t>::max() - 1) {
            return support::problem_in(source, "has more than 4,294,967,294 rows");
        }
        ++rows;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const int at = static_cast<int>(i);
            const std::string refused = put_value(found, at, *sinks[i]);
            if (!refused.empty()) {
                problems.add(rows, 0,
                             "column '" + support::visible(table->columns[wanted[i]]) +
                                 "' of the table '" + support::visible(table->name, 60) +
                                 "' holds " + refused);
                return problems.take();  // a row that is not whole: the next ones have no place
            }
            taken += sizeof(double) + found.size(at);
        }
        if (taken > most) {
            return support::problem_in(
                source, "the table '" + support::visible(table->name, 60) +
                            "' unpacks to more than the limit of " +
                            support::count_of(static_cast<std::size_t>(most), "byte", "bytes") +
                            " for a file of its size; if it is no attack, export it as CSV");
        }
    }
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    if (rows == 0) {
        problems.add(0, 0,
                     "the table '" + support::visible(table->name, 60) +
                         "' has columns but no rows, wanted at least one example");
    }
    return columns.finish(rows, problems, "rows", [&](std::size_t row) {
        return problems.at(static_cast<std::uint32_t>(row + 1), 0);
    });
}

Result<Outline> outline_sqlite(const Document& document) {
    const auto database = open(document);
    if (!database.ok()) {
        return database.problems();
    }
    const auto tables = tables_of(*database);
    if (!tables.ok()) {
        return tables.problems();
    }
    if (tables->size() > 1) {
        return support::problem_in(document.source(),
                                   "the database holds several tables, " + listed(*tables) +
                                       "; which of them is meant is told by the columns of a "
                                       "policy: write one with `columns:`, or keep one table in a "
                                       "copy");
    }
    const StoredTable& table = tables->front();
    Outline outline;
    outline.format = "sqlite";
    outline.columns = table.columns;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        all.push_back(i);
    }
    SqliteRows found = rows_of(*database, table, all, " LIMIT 50");
    while (found.next()) {
        TextSink texts;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!put_value(found, static_cast<int>(i), texts).empty()) {
                texts.put_null();
            }
        }
        outline.first_rows.push_back(texts.texts());
    }
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    if (outline.first_rows.empty()) {
        return support::problem_in(document.source(),
                                   "the table '" + support::visible(table.name, 60) +
                                       "' has columns but no rows, wanted at least one example");
    }
    return outline;
}

}  // namespace metricgate::sources
