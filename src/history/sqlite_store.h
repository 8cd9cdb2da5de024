#pragma once

#include "history/store.h"

namespace metricgate::history {

/// A store in an SQLite database (WAL, one writer at a time, each call a transaction). It may come
/// from a stranger: see sources/sqlite_database.h; a schema other than ours is refused.
std::unique_ptr<Store> sqlite_store(const std::string& path, support::FileSystem& files,
                                    support::PathTrust trust, const std::string& root);

}  // namespace metricgate::history
