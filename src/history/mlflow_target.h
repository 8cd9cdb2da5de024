#pragma once

#include <string>
#include <vector>

#include "history/store.h"
#include "sources/http_client.h"
#include "support/result.h"

namespace metricgate::history {

/// Adds points to runs of an MLflow tracking server by its REST API 2.0. `address` is
/// `mlflow:experiments/NAME`, which is made where there is none, and where each run of the points
/// goes to the run of its name, or to a new one that is finished then; or `mlflow:runs/ID`, a run
/// that is there. Metadata become tags, the commit `mlflow.source.git.commit`, the data digest a
/// logged input. All or nothing: new runs are deleted again when something fails, and what an
/// existing one gets must fit in one request (1,000 values).
support::Result<Appended> append_to_mlflow(const std::string& address,
                                           const std::vector<NewPoint>& points,
                                           const sources::HttpServer& server,
                                           const sources::HttpTransport& transport);

}  // namespace metricgate::history
