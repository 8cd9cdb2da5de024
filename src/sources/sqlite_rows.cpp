// SqliteRows of sqlite_database.h.
#include <utility>

#include <sqlite3.h>

#include "sources/sqlite_database.h"
#include "sources/sqlite_problem.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

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

}  // namespace

void SqliteRows::Close::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
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
    support::Diagnostic problem = sqlite_problem(m_database, m_source);
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

}  // namespace metricgate::sources
