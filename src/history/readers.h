#pragma once

#include "history/catalog.h"

namespace metricgate::history {

/// The sources of the catalog, each in a file of its own.
support::Result<Histories> read_git(const Request& request);
support::Result<Histories> read_file(const Request& request);

}  // namespace metricgate::history
