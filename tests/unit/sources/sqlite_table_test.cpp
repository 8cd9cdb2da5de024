#include "sources/sqlite_table.h"

#include <sqlite3.h>

#include "cut_everywhere.h"
#include "reading.h"
#include "sample_files.h"

using namespace reading;
using metricgate::evidence::Table;
using metricgate::sources::Document;
using metricgate::sources::outline_sqlite;
using metricgate::sources::read_sqlite;
using metricgate::sources::read_table;
using metricgate::sources::recognises_sqlite;
using metricgate::support::format_exact;
using metricgate::support::Result;

namespace {

/// A database that SQLite itself makes of some SQL.
std::string made_by(const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
    char* said = nullptr;
    sqlite3_exec(handle, ("PRAGMA page_size=512;" + sql).c_str(), nullptr, nullptr, &said);
    INFO((said != nullptr ? said : ""));
    REQUIRE(said == nullptr);
    sqlite3_int64 size = 0;
    unsigned char* out = sqlite3_serialize(handle, "main", &size, 0);
    std::string result(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
    sqlite3_free(out);
    sqlite3_close(handle);
    return result;
}

Document eval(const std::string& database) {
    return document(database, "eval.db");
}

Result<Table> read(const std::string& database,
                   const std::vector<ColumnRequest>& columns = usual()) {
    return read_table(eval(database), "", columns);
}

std::string said_of(const std::string& sql) {
    return problems_of(read(made_by(sql)));
}

/// The usual table with one row of these values.
std::string row_of(const std::string& values) {
    return "CREATE TABLE t (id, label, pred); INSERT INTO t VALUES (" + values + ");";
}

const std::string two_rows =
    "CREATE TABLE t (id TEXT, label TEXT, pred REAL);"
    "INSERT INTO t VALUES ('a', 'cat', 0.25), ('b', 'dog', 1e-7);";

}  // namespace

TEST_CASE("sqlite: the one table that has the columns is read, in the order of its rows",
          "[sources]") {
    const auto table = read(made_by("CREATE TABLE log (at TEXT, said TEXT);" + two_rows +
                                    "CREATE INDEX backwards ON t (id DESC, label, pred);"
                                    "CREATE VIEW shown AS SELECT * FROM t;"));
    REQUIRE(problems_of(table).empty());
    CHECK(table->rows == 2);
    CHECK(texts(*table->ids) == Texts{"a", "b"});
    CHECK(texts(table->categories.at("label")) == Texts{"cat", "dog"});
    CHECK(format_exact(table->numbers.at("pred").values[1]) == "1e-7");
}

TEST_CASE("sqlite: rows come by rowid, and of a table without one by its key", "[sources]") {
    const auto by_rowid = read(
        made_by("CREATE TABLE t (n INTEGER PRIMARY KEY, id TEXT UNIQUE, label TEXT, pred REAL);"
                "INSERT INTO t VALUES (9, 'a', 'x', 1), (3, 'z', 'x', 2), (5, 'm', 'x', 3);"));
    REQUIRE(problems_of(by_rowid).empty());
    CHECK(texts(*by_rowid->ids) == Texts{"z", "m", "a"});
    const auto by_key =
        read(made_by("CREATE TABLE t (id TEXT PRIMARY KEY, label TEXT, pred REAL) WITHOUT ROWID;"
                     "INSERT INTO t VALUES ('z', 'x', 1), ('a', 'x', 2);"));
    REQUIRE(problems_of(by_key).empty());
    CHECK(texts(*by_key->ids) == Texts{"a", "z"});
}

TEST_CASE("sqlite: a text is what a cell of CSV with that text is, a number what it is",
          "[sources]") {
    const auto table = read(made_by(
        "CREATE TABLE t (id, label, pred);"
        "INSERT INTO t VALUES (9007199254740993, 7, '0.5'), ('b', 'x', 3), ('c', NULL, 0.1);"));
    REQUIRE(problems_of(table).empty());
    CHECK(texts(*table->ids) == Texts{"9007199254740993", "b", "c"});
    CHECK(table->categories.at("label").names.front() == "7");
    CHECK(table->categories.at("label").missing.count == 1);
    CHECK(describe(table->categories.at("label").missing.first) == "eval.db:3");
    CHECK(format_exact(table->numbers.at("pred").values[0]) == "0.5");
    CHECK(format_exact(table->numbers.at("pred").values[1]) == "3");
    CHECK(format_exact(table->numbers.at("pred").values[2]) == "0.1");
}

TEST_CASE("sqlite: cells are refused as those of CSV are", "[sources]") {
    CHECK_THAT(said_of(row_of("'a', 'x', 9007199254740993")),
               has("eval.db:1: column 'pred' holds '9007199254740993', wanted a number that a "
                   "64-bit float can hold"));
    CHECK_THAT(said_of(row_of("'a', 'x', '0,5'")), has("with a decimal point, not a comma"));
    CHECK_THAT(said_of(row_of("'', 'x', 1")), has("the id in column 'id' is empty"));
    CHECK_THAT(said_of(row_of("NULL, 'x', 1")), has("column 'id' holds null, wanted an id"));
    CHECK_THAT(said_of(row_of("1.5, 'x', 1")), has("wanted an id, which is text or an integer"));
    CHECK_THAT(said_of(row_of("1, 'x', 1), ('b', 'x', 1), ('1', 'x', 1")),
               has("eval.db:3: 1 id stands in more than one row: '1' (rows 1 and 3)"));
    CHECK_THAT(said_of("CREATE TABLE t (id, label, pred)"),
               has("the table 't' has columns but no rows"));
    const auto odd = read(made_by(row_of("'a', 'x', 9e999), ('b', 'x', ''), ('c', 'x', 'nan'")));
    REQUIRE(problems_of(odd).empty());
    CHECK(odd->numbers.at("pred").non_finite.count == 2);
    CHECK(odd->numbers.at("pred").missing.count == 1);
}

TEST_CASE("sqlite: bytes, NUL and bad UTF-8 are named by table, row and column where asked for",
          "[sources]") {
    CHECK_THAT(said_of(row_of("'a', 'x', 1), ('b', 'x', x'0100000000000000'")),
               has("eval.db:2: column 'pred' of the table 't' holds bytes (BLOB), wanted text or "
                   "numbers; Python's sqlite3 writes integers of numpy so"));
    CHECK_THAT(said_of(row_of("'a', CAST(x'410042' AS TEXT), 1")), has("text with a NUL byte"));
    CHECK_THAT(said_of(row_of("'a', CAST(x'41ff' AS TEXT), 1")), has("text that is no UTF-8"));
    CHECK(said_of("CREATE TABLE t (id, label, pred, weights);"
                  "INSERT INTO t VALUES ('a', 'x', 1, x'00ff');")
              .empty());
}

TEST_CASE("sqlite: a column that no table has is answered with the nearest table", "[sources]") {
    CHECK_THAT(said_of("CREATE TABLE t (id, label, prod); INSERT INTO t VALUES (1, 2, 3);"),
               has("policy.yaml:7:12: 'eval.db' has no column 'pred' (did you mean 'prod'?)"));
    CHECK_THAT(
        said_of("CREATE TABLE log (at); CREATE TABLE t (id, label, prod);"),
        has("policy.yaml:7:12: no table of 'eval.db' has all columns that are asked for; "
            "nearest is 't', which lacks 'pred' (did you mean 'prod'?); it has 'id', 'label' "
            "and 'prod', and the tables are 'log' and 't'"));
    // Names are compared byte for byte, and SQLite's "x" is never the text x.
    CHECK_THAT(said_of("CREATE TABLE t (ID, label, pred); INSERT INTO t VALUES (1, 2, 3);"),
               has("has no column 'id'"));
}

TEST_CASE("sqlite: several tables that have the columns are listed, not chosen from", "[sources]") {
    CHECK_THAT(said_of(two_rows + "CREATE TABLE older AS SELECT * FROM t;"),
               has("eval.db: the tables 'older' and 't' all have the columns that are asked for"));
    CHECK_THAT(problems_of(outline_sqlite(eval(made_by(two_rows + "CREATE TABLE log (at);")))),
               has("holds several tables, 'log' and 't'"));
    const auto outline = outline_sqlite(eval(made_by(two_rows)));
    REQUIRE(problems_of(outline).empty());
    CHECK(outline->format == "sqlite");
    CHECK(outline->columns == Texts{"id", "label", "pred"});
    CHECK(outline->first_rows == std::vector<Texts>{{"a", "cat", "0.25"}, {"b", "dog", "1e-07"}});
}

TEST_CASE("sqlite: a name is a name, whatever SQL it spells", "[sources]") {
    const std::string odd = "x\" FROM t; DROP TABLE t; --";
    const auto table = read(made_by("CREATE TABLE \"t\"\"; --\" (id, \"x\"\" FROM t; DROP TABLE t; "
                                    "--\"); INSERT INTO \"t\"\"; --\" VALUES ('a', 0.5);"),
                            {ask("id", ReadAs::id), ask(odd, ReadAs::number)});
    REQUIRE(problems_of(table).empty());
    CHECK(format_exact(table->numbers.at(odd).values[0]) == "0.5");
}

TEST_CASE("sqlite: what a file would have SQLite work out is not read", "[sources]") {
    const std::string view = "CREATE TABLE log (at); CREATE VIEW t AS SELECT 1 AS id, 2 AS label, ";
    CHECK_THAT(said_of(view + "3 AS pred;"), has("has no column 'id'"));
    CHECK_THAT(
        said_of("CREATE TABLE t (id, label, pred AS (id || 1)); INSERT INTO t VALUES (1, 2)"),
        has("holds no table whose columns are all stored"));
    // A default is stored once and stands in every row.
    const std::string wide = "ALTER TABLE t ADD COLUMN pred DEFAULT '" + std::string(90'000, 'x');
    CHECK_THAT(said_of("CREATE TABLE t (id, label); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                       "SELECT i + 1 FROM n WHERE i < 500) INSERT INTO t SELECT i, 0 FROM n;" +
                       wide + "';"),
               has("column 'pred' holds"));
    CHECK_THAT(problems_of(read(made_by("CREATE TABLE t (id, label); WITH RECURSIVE n(i) AS "
                                        "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
                                        "INSERT INTO t SELECT i, 0 FROM n;" +
                                        wide + "';"),
                                {ask("pred", ReadAs::category)})),
               has("unpacks to more than the limit of 33,554,432 bytes"));
}

TEST_CASE("sqlite: a database with MLflow's tables is MLflow's store", "[sources]") {
    const std::string store = sample("data/mlflow/store-3.17.2.db");
    CHECK_FALSE(recognises_sqlite(eval(store)));
    CHECK_THAT(problems_of(read(store)), has("holds recorded metrics (mlflow_database)"));
    CHECK_THAT(problems_of(read_sqlite(eval(store), usual())), has("is MLflow's store"));
    CHECK(recognises_sqlite(eval(made_by(two_rows))));
    CHECK_THAT(problems_of(metricgate::sources::read_metrics(eval(made_by(two_rows)), "")),
               has("a sqlite table is no metric file; give its input `kind: predictions`"));
    CHECK_THAT(problems_of(read_table(eval("id,label\n"), "sqlite", usual())),
               has("is no SQLite database"));
}

TEST_CASE("sqlite: files that are cut, damaged or in WAL mode are refused", "[sources]") {
    const std::string whole = made_by(two_rows);
    CHECK(accepted_cuts(whole, [](const std::string& cut) { return read(cut).ok(); }).empty());
    std::string wal = whole;
    wal[18] = wal[19] = 2;
    CHECK_THAT(problems_of(read(wal)), has("PRAGMA journal_mode=DELETE"));
    std::string damaged = whole;
    damaged[512] = 99;  // the kind of the first page of the table
    CHECK_THAT(problems_of(read(damaged)), has("cut short or damaged"));
}

TEST_CASE("sqlite: databases of Python's sqlite3 and of pandas", "[sources]") {
    for (const char* name : {"candidate.db", "baseline.db"}) {
        const auto table = read(sample("cases/formats/sqlite/" + std::string(name)),
                                {ask("id", ReadAs::id), ask("label", ReadAs::category),
                                 ask("score", ReadAs::number), ask("lang", ReadAs::category)});
        REQUIRE(problems_of(table).empty());
        CHECK(table->rows == 120);
        CHECK(table->numbers.at("score").values.size() == 120);
    }
}
