#pragma once

#include <string>

#include "support/result.h"

struct sqlite3;

namespace metricgate::sources {

/// Of a cell that is read: MLflow's keys and values have 8000 at most.
inline constexpr int most_sqlite_bytes = 1 << 20;

/// What SQLite says of the call on `database` that just failed, and what helps. `source` names the
/// database in the message.
support::Diagnostic sqlite_problem(sqlite3* database, const std::string& source);

}  // namespace metricgate::sources
