#include "sources/sqlite_database.h"

#include <array>
#include <filesystem>
#include <utility>

#include <sqlite3.h>

#include "sources/sqlite_guards.h"
#include "sources/sqlite_problem.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr int steps_a_call = 10'000;
constexpr std::uint64_t most_calls = 1'000'000;  ///< ten thousand million steps: minutes

/// What a file that nobody has to trust may ask of SQLite, where its defaults are for any use; see
/// https://www.sqlite.org/security.html.
constexpr auto limits =
    std::to_array<std::pair<int, int>>({{SQLITE_LIMIT_LENGTH, most_sqlite_bytes},
                                        {SQLITE_LIMIT_SQL_LENGTH, 100'000},
                                        {SQLITE_LIMIT_COLUMN, 2000},
                                        {SQLITE_LIMIT_EXPR_DEPTH, 100},
                                        {SQLITE_LIMIT_COMPOUND_SELECT, 10},
                                        {SQLITE_LIMIT_VDBE_OP, 1'000'000},
                                        {SQLITE_LIMIT_FUNCTION_ARG, 16},
                                        {SQLITE_LIMIT_ATTACHED, 0},
                                        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
                                        {SQLITE_LIMIT_VARIABLE_NUMBER, 1000},
                                        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                                        {SQLITE_LIMIT_WORKER_THREADS, 0}});

int stop_when_too_long(void* steps) {
    return ++*static_cast<std::uint64_t*>(steps) > most_calls ? 1 : 0;
}

std::string file_uri(const std::string& path, std::string_view options) {
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
        } else {
            uri += c;
        }
    }
    return uri + std::string(options);
}

}  // namespace

bool is_sqlite(std::string_view bytes) {
    return bytes.starts_with(magic);
}

void SqliteDatabase::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

SqliteDatabase::SqliteDatabase(Handle handle, support::Bytes bytes, std::string source)
    : m_bytes(std::move(bytes)),
      m_handle(std::move(handle)),
      m_source(std::move(source)),
      m_steps(std::make_shared<std::uint64_t>(0)) {
    if (m_handle == nullptr) {
        return;  // there was no memory for one, which is all that SQLite answers then
    }
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    for (const auto& [limit, most] : limits) {
        sqlite3_limit(m_handle.get(), limit, most);
    }
    sqlite3_busy_timeout(m_handle.get(), 5000);
    sqlite3_progress_handler(m_handle.get(), steps_a_call, &stop_when_too_long, m_steps.get());
}

Result<support::Done> SqliteDatabase::prepare_for_reading() const {
    for (const char* command :
         {"PRAGMA query_only=ON", "PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0", "BEGIN"}) {
        if (sqlite3_exec(m_handle.get(), command, nullptr, nullptr, nullptr) != SQLITE_OK) {
            return sqlite_problem(m_handle.get(), m_source);
        }
    }
    return refuse_virtual_tables();
}

Result<support::Done> SqliteDatabase::refuse_virtual_tables() const {
    // The module of a virtual table works on whatever its file says; asking for its name runs none.
    // What else would be one is not searched for: SQLite writes each entry in these words.
    SqliteRows found = rows(
        "SELECT name FROM sqlite_master WHERE NOT coalesce(CASE type "
        "WHEN 'table' THEN rootpage > 0 AND sql LIKE 'CREATE TABLE %' "
        "WHEN 'index' THEN rootpage > 0 AND (sql IS NULL OR sql LIKE 'CREATE INDEX %' "
        "OR sql LIKE 'CREATE UNIQUE INDEX %') "
        "WHEN 'view' THEN rootpage = 0 AND sql LIKE 'CREATE VIEW %' "
        "WHEN 'trigger' THEN rootpage = 0 AND sql LIKE 'CREATE TRIGGER %' END, 0) LIMIT 1");
    if (found.next()) {
        return support::problem_in(
            m_source,
            "the database holds the virtual table '" + support::visible(found.text(0), 60) +
                "', or what could be one, whose rows an extension of SQLite makes; wanted ordinary "
                "tables only: drop it from a copy");
    }
    return found.finish();
}

Result<SqliteDatabase> SqliteDatabase::glance_at(const support::Bytes& bytes,
                                                 const std::string& source) {
    if (const auto header = check_sqlite_header(bytes.view(), source); !header.ok()) {
        return header.problems();
    }
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
    SqliteDatabase database(Handle(opened), bytes, source);
    // Read only, so that SQLite never writes to what it is lent.
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.view().data()));
    const auto size = static_cast<sqlite3_int64>(bytes.view().size());
    if (code != SQLITE_OK || sqlite3_deserialize(opened, "main", data, size, size,
                                                 SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        return sqlite_problem(opened, source);
    }
    const auto ready = database.prepare_for_reading();
    return ready.ok() ? Result<SqliteDatabase>(std::move(database)) : ready.problems();
}

Result<SqliteDatabase> SqliteDatabase::of_bytes(const support::Bytes& bytes,
                                                const std::string& source) {
    auto database = glance_at(bytes, source);
    if (!database.ok()) {
        return database;
    }
    // Unlike quick_check it compares tables with their indexes, in which MLflow has its values
    // again: most changed bytes show.
    SqliteRows check = database->rows("PRAGMA integrity_check(1)");
    const std::string said = check.next() ? check.text(0) : "";
    if (const auto done = check.finish(); !done.ok()) {
        return done.problems();
    }
    if (said != "ok") {
        return support::problem_in(source, "the database is cut short or damaged (" +
                                               support::visible(said, 200) + "); copy it again");
    }
    return database;
}

Result<SqliteDatabase> SqliteDatabase::open_to_read(const std::string& path,
                                                    const std::string& source,
                                                    std::string_view options, int flags) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file_uri(path, options).c_str(), &opened, flags | SQLITE_OPEN_URI, nullptr);
    SqliteDatabase database(Handle(opened), {}, source);
    if (code != SQLITE_OK) {
        return sqlite_problem(opened, source);
    }
    const auto ready = database.prepare_for_reading();
    return ready.ok() ? Result<SqliteDatabase>(std::move(database)) : ready.problems();
}

Result<SqliteDatabase> SqliteDatabase::own_at_path(const std::string& path,
                                                   const std::string& source) {
    if (const auto checked = check_beside_sqlite(path, source); !checked.ok()) {
        return checked.problems();
    }
    // Only a connection that could write removes the WAL; `query_only` keeps this one from it.
    auto database = open_to_read(path, source, "?mode=rw", SQLITE_OPEN_READWRITE);
    return database.ok() ? std::move(database) : at_path(path, source);
}

Result<SqliteDatabase> SqliteDatabase::at_path(const std::string& path, const std::string& source) {
    if (const auto checked = check_beside_sqlite(path, source); !checked.ok()) {
        return checked.problems();
    }
    const auto open = [&](std::string_view options) {
        return open_to_read(path, source, options, SQLITE_OPEN_READONLY);
    };
    auto database = open("?mode=ro");
    std::error_code unknown;
    if (!database.ok() && std::filesystem::exists(path, unknown) &&
        !std::filesystem::exists(path + "-wal", unknown) &&
        !std::filesystem::exists(path + "-journal", unknown) && !unknown) {
        // In WAL mode, without a WAL, in a folder that cannot be written to: all rows are in the
        // file itself. With a journal, half of a transaction may be.
        auto still = open("?mode=ro&immutable=1");
        return still.ok() ? std::move(still) : std::move(database);
    }
    return database;
}

Result<SqliteDatabase> SqliteDatabase::for_writing(const std::string& path,
                                                   const std::string& source,
                                                   int wait_milliseconds) {
    if (const auto checked = check_beside_sqlite(path, source); !checked.ok()) {
        return checked.problems();
    }
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file_uri(path, "?mode=rwc").c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    SqliteDatabase database(Handle(opened), {}, source);
    if (code != SQLITE_OK) {
        return sqlite_problem(opened, source);
    }
    sqlite3_busy_timeout(opened, wait_milliseconds);
    for (const char* command : {"PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0"}) {
        if (const auto done = database.run(command); !done.ok()) {
            return done.problems();
        }
    }
    return database;
}

Result<SqliteDatabase> SqliteDatabase::in_memory() {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
    SqliteDatabase database(Handle(opened), {}, "SQLite");
    return code == SQLITE_OK ? Result<SqliteDatabase>(std::move(database))
                             : sqlite_problem(opened, "SQLite");
}

Result<support::Done> SqliteDatabase::run(const std::string& command) const {
    if (sqlite3_exec(m_handle.get(), command.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_problem(m_handle.get(), m_source);
    }
    return support::Done{};
}

Result<std::int64_t> SqliteDatabase::pragma(const std::string& name) const {
    SqliteRows found = rows("PRAGMA " + name);
    const bool answered = found.next();
    const std::int64_t answer = answered ? found.integer(0) : 0;
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    return answered ? Result<std::int64_t>(answer)
                    : support::problem_in(m_source, "SQLite does not know the PRAGMA " + name);
}

bool SqliteDatabase::has_table(std::string_view name) const {
    SqliteRows found = rows(
        "SELECT 1 FROM sqlite_master m WHERE m.type = 'table' AND m.name = ? COLLATE NOCASE AND "
        "m.rootpage > 0 AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(m.name) WHERE hidden <> "
        "0)");
    found.bind(1, std::string(name));
    return found.next();
}

Result<bool> SqliteDatabase::has_optional_table(const std::string& name) const {
    SqliteRows found = rows(
        "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE");
    found.bind(1, name);
    const bool is_there = found.next();
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    if (is_there && !has_table(name)) {
        return support::problem_in(
            m_source, "'" + name +
                          "' is a view, or has computed columns; wanted a table of stored "
                          "values, as MLflow has: name the database that MLflow writes");
    }
    return is_there;
}

bool SqliteDatabase::has_column(const std::string& table, const std::string& column) const {
    SqliteRows found = rows("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    found.bind(1, table).bind(2, column);
    return found.next();
}

SqliteRows SqliteDatabase::rows(const std::string& query) const {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(m_handle.get(), query.c_str(), static_cast<int>(query.size()), &statement,
                       nullptr);
    return {m_handle.get(), statement, m_source};
}

}  // namespace metricgate::sources
