#include "history/sqlite_schema.h"

#include <array>

#include "scratch.h"
#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;
using history::SchemaStep;
using sources::SqliteDatabase;

namespace {

// What a later version would be: the mechanism, before there is one.
const std::array<SchemaStep, 2> later = {
    history::schema_steps().front(),
    SchemaStep{2, "ALTER TABLE metrics ADD COLUMN direction TEXT NOT NULL DEFAULT '';"}};

}  // namespace

TEST_CASE("A version is never changed, and each one goes on from the one before") {
    const auto steps = history::schema_steps();
    REQUIRE_FALSE(steps.empty());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        CHECK(steps[i].version == static_cast<std::int64_t>(i) + 1);
    }
}

TEST_CASE("A store of an earlier version is migrated forward, and keeps what it holds") {
    const auto database = SqliteDatabase::in_memory();
    REQUIRE(history::migrate(*database).ok());
    REQUIRE(database->run("INSERT INTO metrics (name, unit) VALUES ('a', 'ms')").ok());
    CHECK(history::check_schema(*database).ok());
    CHECK_THAT(why(history::check_schema(*database, later)),
               Catch::Contains("has version 1, and is read from version 2 on"));
    const auto done = history::migrate(*database, later);
    INFO(why(done));
    REQUIRE(done.ok());
    CHECK(*database->pragma("user_version") == 2);
    CHECK(*database->pragma("application_id") == history::store_application);
    CHECK(history::check_schema(*database, later).ok());
    CHECK(history::migrate(*database, later).ok());
    auto rows = database->rows("SELECT name, unit, direction FROM metrics");
    REQUIRE(rows.next());
    CHECK(rows.text(0) + rows.text(1) + rows.text(2) == "ams");
}

TEST_CASE("A store of a later version is refused, and so is a database of another program") {
    const auto database = SqliteDatabase::in_memory();
    REQUIRE(history::migrate(*database, later).ok());
    CHECK_THAT(why(history::migrate(*database)), Catch::Contains("written by a later metricgate"));
    CHECK_THAT(why(history::check_schema(*database)), Catch::Contains("later metricgate"));
    const auto other = SqliteDatabase::in_memory();
    REQUIRE(other->run("CREATE TABLE t (x)").ok());
    CHECK_THAT(why(history::migrate(*other)), Catch::Contains("a database of another program"));
    const auto empty = SqliteDatabase::in_memory();
    CHECK_THAT(why(history::check_schema(*empty)), Catch::Contains("an empty database"));
}

TEST_CASE("Cells that no call of ours wrote are said to be damaged") {
    const Scratch scratch;
    const auto files = support::disk();
    const std::string path = scratch / "s.db";
    const auto store = history::open_store(path, *files);
    REQUIRE(store->append({point("a", 1)}).ok());
    const auto change =
        GENERATE("UPDATE points SET value = 'x'", "UPDATE points SET value = 9e999",
                 "UPDATE points SET time = 1.5", "UPDATE points SET n = 'many'", "DELETE FROM runs",
                 "DELETE FROM circumstances", "UPDATE circumstances SET metadata = '[]'");
    {
        const auto database = SqliteDatabase::for_writing(path, path, 1000);
        REQUIRE(database->run(change).ok());
    }
    INFO(change);
    CHECK_FALSE(store->read({}).ok());
}
