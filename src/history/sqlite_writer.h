#pragma once

#include <vector>

#include "history/store.h"
#include "sources/sqlite_database.h"
#include "support/result.h"

namespace metricgate::history {

/// Writes points into the tables of the last version, within the caller's transaction, which it
/// must undo when there is a problem.
support::Result<Appended> write_points(const sources::SqliteDatabase& database,
                                       const std::vector<NewPoint>& points);

}  // namespace metricgate::history
