#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "support/files.h"
#include "support/number.h"
#include "support/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace metricgate::sources {

/// What a value is, whatever its column was declared as.
enum class SqliteType { null, integer, real, text, bytes };

/// One query and its rows. A row that cannot be had is a problem at the end, never a missing row.
class SqliteRows {
public:
    SqliteRows(sqlite3* database, sqlite3_stmt* statement, std::string source);

    /// Values for the `?` of the query, from 1.
    SqliteRows& bind(int at, const std::string& text);
    SqliteRows& bind(int at, std::int64_t number);
    SqliteRows& bind(int at, double number);
    /// Begins anew: no row was asked for, and every `?` is NULL.
    SqliteRows& reset();
    /// Goes to the next row; false at the end and after a problem.
    bool next();
    [[nodiscard]] support::Result<support::Done> finish() const;

    [[nodiscard]] std::string text(int column) const;  ///< empty for NULL
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] bool is_number(int column) const;
    [[nodiscard]] SqliteType type(int column) const;
    /// Of a text, in bytes; 0 for a number.
    [[nodiscard]] std::size_t size(int column) const;

private:
    struct Close {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* m_database;
    std::unique_ptr<sqlite3_stmt, Close> m_statement;
    std::string m_source;
    int m_state;
    std::uint64_t m_row = 0;  ///< that was asked for last, from 1
};

/// A SQLite database that nobody has to trust, read only unless opened for writing: what its schema
/// could run is switched off, and the work of a query and the size of a value are bounded. One that
/// holds virtual tables is refused.
class SqliteDatabase {
public:
    /// Bytes of a file, checked whole: a cut or damaged file is a problem, as far as its indexes
    /// repeat what its tables hold. A file in WAL mode is
    /// refused, because its last rows may stand in a second file.
    static support::Result<SqliteDatabase> of_bytes(const support::Bytes& bytes,
                                                    const std::string& source);
    /// The same without looking through the whole file: to ask which tables it has.
    static support::Result<SqliteDatabase> glance_at(const support::Bytes& bytes,
                                                     const std::string& source);
    /// A file that others may be writing to: read under SQLite's locks, with its WAL. One
    /// transaction, so that all queries see one state.
    static support::Result<SqliteDatabase> at_path(const std::string& path,
                                                   const std::string& source);
    /// The same for a file of our own: the last one that has it open takes the files of its WAL
    /// away, as far as it may write there.
    static support::Result<SqliteDatabase> own_at_path(const std::string& path,
                                                       const std::string& source);

    /// A file that rows are written to, made where there is none. Waits for other writers for
    /// `wait_milliseconds`. No transaction is begun.
    static support::Result<SqliteDatabase> for_writing(const std::string& path,
                                                       const std::string& source,
                                                       int wait_milliseconds);

    /// An empty one that ends with its handle.
    static support::Result<SqliteDatabase> in_memory();

    [[nodiscard]] const std::string& source() const { return m_source; }
    /// Runs one command and passes over what it answers.
    [[nodiscard]] support::Result<support::Done> run(const std::string& command) const;
    /// What a PRAGMA without argument answers.
    [[nodiscard]] support::Result<std::int64_t> pragma(const std::string& name) const;
    /// A problem where the schema holds virtual tables, or what could be one.
    [[nodiscard]] support::Result<support::Done> refuse_virtual_tables() const;
    /// True for an ordinary table whose columns are all stored; a view of that name is none.
    [[nodiscard]] bool has_table(std::string_view name) const;
    /// The same of a table that need not be there; a problem where something else has its name.
    [[nodiscard]] support::Result<bool> has_optional_table(const std::string& name) const;
    [[nodiscard]] bool has_column(const std::string& table, const std::string& column) const;
    [[nodiscard]] SqliteRows rows(const std::string& query) const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    using Handle = std::unique_ptr<sqlite3, Close>;
    static support::Result<SqliteDatabase> open_to_read(const std::string& path,
                                                        const std::string& source,
                                                        std::string_view options, int flags);
    SqliteDatabase(Handle handle, support::Bytes bytes, std::string source);
    [[nodiscard]] support::Result<support::Done> prepare_for_reading() const;

    support::Bytes m_bytes;  ///< what the handle reads, where it reads memory
    Handle m_handle;
    std::string m_source;
    std::shared_ptr<std::uint64_t> m_steps;
};

/// True when the bytes begin as every SQLite database does.
bool is_sqlite(std::string_view bytes);

}  // namespace metricgate::sources
