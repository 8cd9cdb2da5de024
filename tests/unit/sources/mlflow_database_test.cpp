#include <sqlite3.h>

#include "cut_everywhere.h"
#include "recording_text.h"
#include "sources/mlflow_database.h"

using namespace reading;
using metricgate::sources::read_mlflow_database;
using metricgate::sources::recognises_mlflow_database;

namespace {

const std::string& older() {
    static const std::string database = data_file("mlflow/store-2.22.5.db");
    return database;
}

const std::string& newer() {
    static const std::string database = data_file("mlflow/store-3.17.2.db");
    return database;
}

Result<Recording> read(std::string_view database) {
    return read_mlflow_database(document(database, "mlflow.db"));
}

/// The database after some SQL.
std::string changed(std::string database, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
    auto size = static_cast<sqlite3_int64>(database.size());
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(database.size()));
    std::copy(database.begin(), database.end(), copy);
    REQUIRE(sqlite3_deserialize(handle, "main", copy, size, size,
                                SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) ==
            SQLITE_OK);
    REQUIRE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    unsigned char* out = sqlite3_serialize(handle, "main", &size, 0);
    std::string result(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
    sqlite3_free(out);
    sqlite3_close(handle);
    return result;
}

}  // namespace

TEST_CASE("mlflow_database: stores of 2.x and 3.x are recognised by their tables", "[sources]") {
    CHECK(recognises_mlflow_database(document(older())));
    CHECK(recognises_mlflow_database(document(newer())));
    CHECK_FALSE(recognises_mlflow_database(document("SQLite format 3")));
    CHECK_FALSE(recognises_mlflow_database(
        document(changed(older(), "DROP TABLE runs; DROP TABLE experiments; VACUUM"))));
    const auto& formats = metricgate::sources::metric_formats();
    CHECK(std::any_of(formats.begin(), formats.end(),
                      [](const auto& format) { return format.name == "mlflow_database"; }));
}

TEST_CASE("mlflow_database: a history is ordered by step, time and value, not by row",
          "[sources]") {
    for (const auto& database : {older(), newer()}) {
        const auto recording = read(database);
        const Run& run = run_called(recording, "good");
        CHECK(points_of(run, "val/acc") == "0:0.5 2:0.7 5:0.9");
        CHECK(points_of(run, "dup") == "1:2.5 1:1 1:2 1:3");
        CHECK(points_of(run, "neg") == "-3:-0.25");
        CHECK(points_of(run, "tiny") == "0:0.30000000000000004");
    }
}

TEST_CASE("mlflow_database: NaN is not the 0 that stands for it, infinities not the largest double",
          "[sources]") {
    for (const auto& database : {older(), newer()}) {
        const auto recording = read(database);
        const Run& run = run_called(recording, "good");
        CHECK(points_of(run, "nan") == "1:nan");
        CHECK(points_of(run, "inf") == "1:inf");
        CHECK(points_of(run, "ninf") == "1:-inf");
    }
}

TEST_CASE("mlflow_database: runs that did not finish, and deleted ones, are refused by name",
          "[sources]") {
    const auto recording = read(newer());
    CHECK(recording->runs.size() == 5);
    CHECK_FALSE(run_called(recording, "good").refused);
    CHECK_THAT(run_called(recording, "running").refused->message, has("(running) is RUNNING"));
    CHECK_THAT(run_called(recording, "failed").refused->message, has("(failed) ended as FAILED"));
    CHECK_THAT(run_called(recording, "gone").refused->message, has("(gone) was deleted"));
}

TEST_CASE("mlflow_database: params, tags and data sets are metadata, users and paths are not",
          "[sources]") {
    const auto recording = read(newer());
    const auto& metadata = run_called(recording, "good").metadata;
    CHECK(metadata.at("params.lr") == "0.1");
    CHECK(metadata.at("params.a/b") == "\u00fc\nnew");
    CHECK(metadata.at("tags.team") == "x'y");
    CHECK(metadata.at("experiment") == "demo/exp 1");
    CHECK(metadata.at("run_status") == "FINISHED");
    CHECK(metadata.count("tags.mlflow.user") == 0);
    CHECK(metadata.count("tags.mlflow.source.name") == 0);
    CHECK(run_called(recording, "lm").metadata.at("datasets.evalset") == "fbc06655");
}

TEST_CASE("mlflow_database: a metric of a logged model is comparable on the same data set only",
          "[sources]") {
    const auto recording = read(newer());
    const Run& run = run_called(recording, "lm");
    REQUIRE(run.series.size() == 1);
    CHECK(run.series[0].conditions.at("dataset_digest") == "fbc06655");
    // logged_model_metrics has a 0 for the NaN of step 2.
    CHECK(points_of(run, "acc") == "1:0.75 2:nan");
    const auto two = read(changed(newer(),
                                  "UPDATE logged_model_metrics SET dataset_digest = 'other' WHERE "
                                  "metric_step = 2"));
    CHECK(run_called(two, "lm").series[0].conditions.at("dataset_digest") == "fbc06655 and other");
    CHECK_THAT(notes_of(run_called(two, "lm")), has("'acc' was logged for 2 data sets"));
}

TEST_CASE("mlflow_database: a history that ends otherwise than the latest value is a flaw",
          "[sources]") {
    const auto raised =
        read(changed(older(), "UPDATE latest_metrics SET value = 0.99 WHERE key = 'val/acc'"));
    CHECK_THAT(value_of_entry(run_called(raised, "good"), "val/acc"),
               has("flaw: mlflow.db: the history of 'val/acc' ends otherwise"));
    const auto gone = read(changed(older(), "DELETE FROM metrics WHERE key = 'tiny'"));
    CHECK_THAT(value_of_entry(run_called(gone, "good"), "tiny"), has("no history of it"));
    const auto text = read(changed(older(),
                                   "UPDATE metrics SET value = 'high' WHERE key = 'tiny'; UPDATE "
                                   "latest_metrics SET value = 'high' WHERE key = 'tiny'"));
    CHECK(points_of(run_called(text, "good"), "tiny") == "0:malformed");
}

TEST_CASE("mlflow_database: views, WAL mode and stores before 1.2 are refused with the way out",
          "[sources]") {
    CHECK_THAT(
        problems_of(read(changed(older(),
                                 "ALTER TABLE metrics RENAME TO m; CREATE VIEW metrics AS SELECT * "
                                 "FROM m"))),
        has("no table 'metrics' of stored values"));
    CHECK_THAT(problems_of(read(changed(older(), "DROP TABLE latest_metrics"))),
               has("run mlflow db upgrade"));
    std::string wal = older();
    wal[18] = wal[19] = 2;
    CHECK(recognises_mlflow_database(document(wal)));
    CHECK_THAT(problems_of(read(wal)), has("WAL mode"));
    CHECK_THAT(problems_of(read(wal)), has("MLFLOW_TRACKING_URI=sqlite:///PATH"));
}

TEST_CASE("mlflow_database: a cell larger than any that MLflow writes is refused by its row",
          "[sources]") {
    const std::string long_tag = changed(
        older(),
        "UPDATE tags SET value = replace(hex(zeroblob(15000000)), '0', 'x') WHERE rowid = 3");
    CHECK_THAT(
        problems_of(read(long_tag)),
        has("mlflow.db: a value of the database is larger than the limit of 1,048,576 bytes"));
    CHECK_THAT(problems_of(read(long_tag)), has("(row 3 of the table 'tags'"));
    // What is not read may be of any size: profiles of data sets, contents of traces.
    const std::string profile =
        changed(newer(), "UPDATE datasets SET dataset_profile = hex(zeroblob(15000000))");
    CHECK(run_called(read(profile), "lm").metadata.at("datasets.evalset") == "fbc06655");
}

TEST_CASE("mlflow_database: what a schema computes is no recorded value", "[sources]") {
    // As large as a column that is computed likes: hex() would make two gigabytes of nothing.
    const std::string computed =
        changed(older(),
                "ALTER TABLE params RENAME TO p; CREATE TABLE params (key, run_uuid, value AS "
                "(hex(zeroblob(1000000000))))");
    CHECK_THAT(problems_of(read(computed)), has("no table 'params' of stored values"));
    const std::string experiments =
        changed(older(),
                "PRAGMA legacy_alter_table = ON; ALTER TABLE experiments RENAME TO e; CREATE VIEW "
                "experiments AS SELECT * FROM e");
    CHECK_THAT(problems_of(read(experiments)), has("no table 'experiments' of stored values"));
    const std::string index =
        changed(older(), "CREATE INDEX slow ON tags (length(hex(zeroblob(1000000))))");
    CHECK_FALSE(read(index).ok());
    CHECK(run_called(read(changed(older(),
                                  "CREATE TRIGGER t AFTER UPDATE ON metrics BEGIN DELETE FROM "
                                  "metrics; END")),
                     "good")
              .id != "");
}

TEST_CASE("mlflow_database: a table that need not be there may not be a view", "[sources]") {
    for (const std::string table : {"logged_model_metrics", "inputs", "datasets"}) {
        CAPTURE(table);
        const std::string renamed =
            "PRAGMA legacy_alter_table = ON; ALTER TABLE " + table + " RENAME TO moved; ";
        const std::string view = renamed + "CREATE VIEW " + table + " AS SELECT * FROM moved";
        CHECK_THAT(problems_of(read(changed(newer(), view.c_str()))),
                   has("'" + table + "' is a view, or has computed columns"));
        const std::string computed =
            "ALTER TABLE " + table + " ADD COLUMN more GENERATED ALWAYS AS (1)";
        CHECK_THAT(problems_of(read(changed(newer(), computed.c_str()))),
                   has("wanted a table of stored values"));
        CHECK(read(changed(newer(), renamed.c_str())).ok());
    }
}

TEST_CASE("mlflow_database: a virtual table is not touched, whatever it is called", "[sources]") {
    const std::string named = changed(
        older(), "DROP TABLE tags; CREATE VIRTUAL TABLE tags USING fts5(key, value, run_uuid)");
    CHECK_THAT(problems_of(read(named)), has("holds the virtual table 'tags'"));
    CHECK_THAT(problems_of(read(changed(older(), "CREATE VIRTUAL TABLE extra USING fts5(a)"))),
               has("drop it from a copy"));
}

TEST_CASE("mlflow_database: no spelling hides a virtual table", "[sources]") {
    for (const std::string words : {"CREATE/**/VIRTUAL TABLE", "create  virtual table",
                                    "CREATE\tVIRTUAL TABLE", "CREATE VIRTUAL TABLE"}) {
        for (const std::string place :
             {"'table', 'zz', 'zz', 0", "'table', 'zz', 'zz', 2", "'view', 'zz', 'zz', 0",
              "'any', 'zz', 'zz', 2", "NULL, 'zz', 'zz', NULL"}) {
            CAPTURE(words, place);
            const std::string sql =
                "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema(type, name, tbl_name, "
                "rootpage, sql) VALUES (" +
                place + ", '" + words + " zz USING fts5(a)')";
            CHECK_FALSE(read(changed(older(), sql.c_str())).ok());
        }
    }
    CHECK(read(changed(older(),
                       "CREATE UNIQUE INDEX u ON runs(run_uuid); CREATE VIEW v AS SELECT "
                       "1; CREATE TABLE t AS SELECT 2; ANALYZE"))
              .ok());
}

// The pages of the table `metrics` and of the index of its key, of which the values are a part.
// PRAGMA quick_check calls a file good in which they differ.
TEST_CASE("mlflow_database: a changed value shows in the index that repeats it", "[sources]") {
    CHECK(accepted_flips(older().substr(25 * 1024, 2 * 1024), [](const std::string& pages) {
              std::string damaged = older();
              damaged.replace(25 * 1024, pages.size(), pages);
              const auto recording = read(damaged);
              return recording.ok() &&
                     points_of(run_called(recording, "good"), "val/acc") != "0:0.5 2:0.7 5:0.9";
          }).empty());
}

TEST_CASE("mlflow_database: no beginning of a store is read", "[sources]") {
    const auto read_part = [](const std::string& part) { return read(part).ok(); };
    CHECK(accepted_cuts(older(), read_part).empty());
    CHECK_THAT(problems_of(read(older().substr(0, 50))), has("cut short"));
    CHECK_THAT(problems_of(read(older().substr(0, 30000))),
               has("cut short: it holds 30,000 bytes"));
}

TEST_CASE("mlflow_database: damaged bytes end in a problem or in values, never in a crash",
          "[sources]") {
    std::size_t readable = 0;
    for (std::size_t at = 0; at < older().size(); at += 61) {
        std::string damaged = older();
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        readable += read(damaged).ok() ? std::size_t{1} : std::size_t{0};
    }
    CHECK(readable < older().size() / 61);
}
