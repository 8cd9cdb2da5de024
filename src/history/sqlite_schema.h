#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "sources/sqlite_database.h"
#include "support/result.h"

namespace metricgate::history {

/// What makes an SQLite database a store: `PRAGMA application_id`, the text "mgat".
inline constexpr std::int64_t store_application = 0x6d676174;

/// What turns a store of the version before into one of `version`; the first makes it.
struct SchemaStep {
    std::int64_t version = 0;  ///< `PRAGMA user_version` after it
    const char* commands;
};

/// All versions, the first one first. A version that was released is never changed.
std::span<const SchemaStep> schema_steps();

/// Makes the tables of a database that has none, or brings those of an earlier version to the last
/// one of `steps`, within the caller's transaction. Refused: a database of another program, a later
/// version, and tables, indexes and triggers that are not those of its version.
support::Result<support::Done> migrate(const sources::SqliteDatabase& database,
                                       std::span<const SchemaStep> steps = schema_steps());

/// The same without a change: an earlier version is a problem, too.
support::Result<support::Done> check_schema(const sources::SqliteDatabase& database,
                                            std::span<const SchemaStep> steps = schema_steps());

}  // namespace metricgate::history
