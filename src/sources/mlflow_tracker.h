#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/http_client.h"
#include "sources/mlflow_run.h"
#include "sources/tracker.h"

namespace metricgate::sources {

support::Result<Fetched> fetch_from_mlflow(std::string_view address,
                                           const TrackerEnvironment& environment);

/// The tracking server that MLFLOW_TRACKING_URI names, and how to talk to it.
struct MlflowConnection {
    HttpServer server;
    HttpTransport transport;
    std::vector<std::string> files;  ///< certificates
};

/// A problem where MLFLOW_TRACKING_URI names no server.
support::Result<MlflowConnection> connect_to_mlflow(const TrackerEnvironment& environment);

/// The runs of an experiment, `experiments/NAME[?filter=...]`, and the files that were read.
struct MlflowExperiment {
    std::vector<MlflowRun> runs;     ///< not deleted, by start time, the last one first
    std::vector<std::string> files;  ///< as `Fetched::files`
};

/// Which runs of an experiment, and how much of them.
struct MlflowRuns {
    bool current_values = false;  ///< none but the current value of each metric, see `MlflowStore`
    /// Asked of each run in turn; the first answer of false ends the reading. Null: all.
    std::function<bool(const MlflowRun&)> goes_on;
};

support::Result<MlflowExperiment> read_mlflow_experiment(std::string_view address,
                                                         const TrackerEnvironment& environment,
                                                         const MlflowRuns& wanted);

}  // namespace metricgate::sources
