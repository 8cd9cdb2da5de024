#pragma once

#include "history/catalog.h"

namespace metricgate::history {

/// The sources of the catalog, each in a file of its own.
support::Result<Histories> read_git(const Request& request);
support::Result<Histories> read_file(const Request& request);
/// What `metricgate log` recorded: a store of SQLite, or of JSON lines where its name ends in
/// `.jsonl`.
support::Result<Histories> read_store(const Request& request);
/// The runs of `experiments/NAME[?filter=...]` of the store that MLFLOW_TRACKING_URI names: of each
/// metric the current value of each run, by the start of the runs. Those that failed or still run
/// are left out, which a note says.
support::Result<Histories> read_mlflow(const Request& request);

}  // namespace metricgate::history
