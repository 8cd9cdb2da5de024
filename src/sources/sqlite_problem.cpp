#include "sources/sqlite_problem.h"

#include <sqlite3.h>

#include "support/text.h"

namespace metricgate::sources {

support::Diagnostic sqlite_problem(sqlite3* database, const std::string& source) {
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
                  support::count_of(std::size_t{most_sqlite_bytes}, "byte", "bytes") +
                  ", which no name, label or value of MLflow or of a table of examples is";
    } else if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
        message +=
            "; when it is in WAL mode, its folder must be writable, or a program must have "
            "it open";
    }
    return support::problem_in(source, message);
}

}  // namespace metricgate::sources
