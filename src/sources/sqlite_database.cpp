#include "sources/sqlite_database.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include <sqlite3.h>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr int steps_a_call = 10'000;
constexpr std::uint64_t most_calls = 1'000'000;  ///< ten thousand million steps: minutes

constexpr int most_bytes = 1 << 20;  ///< of a cell: MLflow's keys and values have 8000 at most

/// What a file that nobody has to trust may ask of SQLite, where its defaults are for any use; see
/// https://www.sqlite.org/security.html.
constexpr auto limits = std::to_array<std::pair<int, int>>({{SQLITE_LIMIT_LENGTH, most_bytes},
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

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

int stop_when_too_long(void* steps) {
    return ++*static_cast<std::uint64_t*>(steps) > most_calls ? 1 : 0;
}

support::Diagnostic problem_of(sqlite3* database, const std::string& source) {
    const int code = sqlite3_errcode(database);
    std::string message =
        "SQLite cannot read it: " + support::visible(sqlite3_errmsg(database), 200);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
        message = "the database is cut short or damaged (" +
                  support::visible(sqlite3_errmsg(database), 200) + "); copy it again";
    } else if (code == SQLITE_BUSY) {
        message = "another program holds the database; try again when it is done";
    } else if (code == SQLITE_INTERRUPT) {
        message =
            "a query took too long; of MLflow's store, name one run by an mlflow: address, and of "
            "another database export the rows that are to be judged as CSV";
    } else if (code == SQLITE_FULL || code == SQLITE_IOERR) {
        message = "the disk is full or fails (" + support::visible(sqlite3_errmsg(database), 200) +
                  "); nothing was written";
    } else if (code == SQLITE_TOOBIG) {
        message = "a value of the database is larger than the limit of " +
                  support::count_of(std::size_t{most_bytes}, "byte", "bytes") +
                  ", which no name, label or value of MLflow or of a table of examples is";
    } else if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
        message +=
            "; when it is in WAL mode, its folder must be writable, or a program must have "
            "it open";
    }
    return support::problem_in(source, message);
}

/// What the header says of the file, before SQLite sees it.
Result<support::Done> check_header(std::string_view bytes, const std::string& source) {
    if (bytes.size() < 100) {
        return support::problem_in(source, "the database is cut short inside its header");
    }
    const std::uint64_t page = big_endian(bytes, 16, 2) == 1 ? 65536 : big_endian(bytes, 16, 2);
    const std::uint64_t pages = big_endian(bytes, 28, 4);
    const bool size_is_valid = big_endian(bytes, 24, 4) == big_endian(bytes, 92, 4);
    if (size_is_valid && page * pages > bytes.size()) {
        return support::problem_in(source, "the database is cut short: it holds " +
                                               support::count_of(bytes.size(), "byte", "bytes") +
                                               " of " + std::to_string(page * pages) +
                                               "; copy it again");
    }
    if (bytes[18] == 2 || bytes[19] == 2) {
        return support::problem_in(
            source,
            "the database is in WAL mode, so its last rows may stand in a file beside it that is "
            "not seen here; leave that mode: sqlite3 PATH \"PRAGMA journal_mode=DELETE\", or read "
            "MLflow's store by MLFLOW_TRACKING_URI=sqlite:///PATH and an mlflow: address");
    }
    return support::Done{};
}

/// The table of one of our queries: what stands behind its first FROM.
std::string table_of(std::string_view query) {
    constexpr std::string_view from = " FROM ";
    const std::size_t at = query.find(from);
    std::string_view rest =
        query.substr(at == std::string_view::npos ? query.size() : at + from.size());
    const bool quoted = rest.starts_with('"');
    rest.remove_prefix(quoted ? 1 : 0);
    return support::visible(rest.substr(0, rest.find_first_of(quoted ? "\"" : " (")), 60);
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

/// Whether a rollback journal names another one at its end (https://www.sqlite.org/fileformat2.html
/// does not say it, pager.c does): after a transaction over several databases.
bool names_another(const std::filesystem::path& journal) {
    constexpr std::string_view mark{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8};
    std::ifstream file(journal, std::ios::binary);
    std::string end(mark.size(), '\0');
    file.seekg(-static_cast<std::streamoff>(mark.size()), std::ios::end);
    file.read(end.data(), static_cast<std::streamsize>(end.size()));
    return file.good() && end == mark;
}

/// What stands beside a database SQLite takes up, though it came from the same stranger: for a pipe
/// it waits for ever, and what a journal names as another one it removes, whatever file that is.
Result<support::Done> check_beside(const std::string& path, const std::string& source) {
    std::error_code failed;
    const std::string real = std::filesystem::weakly_canonical(path, failed).string();
    for (const std::string ending : {"-journal", "-wal", "-shm"}) {
        const std::filesystem::path file = (failed ? path : real) + ending;
        std::error_code unseen;
        const auto status = std::filesystem::symlink_status(file, unseen);
        if (status.type() == std::filesystem::file_type::not_found) {
            continue;
        }
        if (!std::filesystem::is_regular_file(status)) {
            return support::problem_in(source, "what stands beside it with the ending '" + ending +
                                                   "' is no regular file; remove that");
        }
        if (ending == "-journal" && names_another(file)) {
            return support::problem_in(
                source,
                "the journal beside it names another file, which SQLite would remove; no "
                "writer of this program leaves such a one: remove '" +
                    support::visible(file.filename().string()) + "', or restore both from a copy");
        }
    }
    return support::Done{};
}

}  // namespace

bool is_sqlite(std::string_view bytes) {
    return bytes.starts_with(magic);
}

void SqliteRows::Close::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void SqliteDatabase::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

SqliteRows::SqliteRows(sqlite3* database, sqlite3_stmt* statement, std::string source)
    : m_database(database),
      m_statement(statement),
      m_source(std::move(source)),
      m_state(statement == nullptr ? SQLITE_ERROR : SQLITE_ROW) {}

SqliteRows& SqliteRows::bind(int at, const std::string& text) {
    sqlite3_bind_text64(m_statement.get(), at, text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}

SqliteRows& SqliteRows::bind(int at, std::int64_t number) {
    sqlite3_bind_int64(m_statement.get(), at, number);
    return *this;
}

SqliteRows& SqliteRows::bind(int at, double number) {
    sqlite3_bind_double(m_statement.get(), at, number);
    return *this;
}

SqliteRows& SqliteRows::reset() {
    if (m_statement != nullptr) {
        sqlite3_reset(m_statement.get());
        sqlite3_clear_bindings(m_statement.get());
    }
    m_state = m_statement == nullptr ? SQLITE_ERROR : SQLITE_ROW;
    m_row = 0;
    return *this;
}

bool SqliteRows::next() {
    if (m_state == SQLITE_ROW) {
        m_state = sqlite3_step(m_statement.get());
        ++m_row;
    }
    return m_state == SQLITE_ROW;
}

Result<support::Done> SqliteRows::finish() const {
    if (m_state == SQLITE_DONE || m_state == SQLITE_ROW) {
        return support::Done{};
    }
    support::Diagnostic problem = problem_of(m_database, m_source);
    if (m_state == SQLITE_TOOBIG) {
        problem.message += " (row " + std::to_string(m_row) + " of the table '" +
                           table_of(sqlite3_sql(m_statement.get())) + "' in the order of the file)";
    }
    return problem;
}

std::string SqliteRows::text(int column) const {
    const auto* bytes = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes == nullptr
               ? std::string()
               : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::int64_t SqliteRows::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

double SqliteRows::real(int column) const {
    return sqlite3_column_double(m_statement.get(), column);
}

bool SqliteRows::is_number(int column) const {
    const int type = sqlite3_column_type(m_statement.get(), column);
    return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
}

std::size_t SqliteRows::size(int column) const {
    return is_number(column)
               ? 0
               : static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
}

SqliteType SqliteRows::type(int column) const {
    switch (sqlite3_column_type(m_statement.get(), column)) {
        case SQLITE_INTEGER:
            return SqliteType::integer;
        case SQLITE_FLOAT:
            return SqliteType::real;
        case SQLITE_TEXT:
            return SqliteType::text;
        case SQLITE_BLOB:
            return SqliteType::bytes;
        default:  // the fifth and last that SQLite has
            return SqliteType::null;
    }
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
            return problem_of(m_handle.get(), m_source);
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
    if (const auto header = check_header(bytes.view(), source); !header.ok()) {
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
        return problem_of(opened, source);
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
        return problem_of(opened, source);
    }
    const auto ready = database.prepare_for_reading();
    return ready.ok() ? Result<SqliteDatabase>(std::move(database)) : ready.problems();
}

Result<SqliteDatabase> SqliteDatabase::own_at_path(const std::string& path,
                                                   const std::string& source) {
    if (const auto checked = check_beside(path, source); !checked.ok()) {
        return checked.problems();
    }
    // Only a connection that could write removes the WAL; `query_only` keeps this one from it.
    auto database = open_to_read(path, source, "?mode=rw", SQLITE_OPEN_READWRITE);
    return database.ok() ? std::move(database) : at_path(path, source);
}

Result<SqliteDatabase> SqliteDatabase::at_path(const std::string& path, const std::string& source) {
    if (const auto checked = check_beside(path, source); !checked.ok()) {
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
    if (const auto checked = check_beside(path, source); !checked.ok()) {
        return checked.problems();
    }
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file_uri(path, "?mode=rwc").c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    SqliteDatabase database(Handle(opened), {}, source);
    if (code != SQLITE_OK) {
        return problem_of(opened, source);
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
                             : problem_of(opened, "SQLite");
}

Result<support::Done> SqliteDatabase::run(const std::string& command) const {
    if (sqlite3_exec(m_handle.get(), command.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return problem_of(m_handle.get(), m_source);
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
