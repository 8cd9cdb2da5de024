#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace metricgate::sources {

/// What the header says of the file, before SQLite sees it: a file that is cut short, or in WAL
/// mode, is a problem.
support::Result<support::Done> check_sqlite_header(std::string_view bytes,
                                                   const std::string& source);

/// What stands beside a database SQLite takes up, though it came from the same stranger: for a pipe
/// it waits for ever, and what a journal names as another one it removes, whatever file that is.
support::Result<support::Done> check_beside_sqlite(const std::string& path,
                                                   const std::string& source);

}  // namespace metricgate::sources
