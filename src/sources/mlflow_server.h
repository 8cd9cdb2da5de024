#pragma once

#include <memory>

#include "sources/http_client.h"
#include "sources/mlflow_store.h"

namespace metricgate::sources {

/// A tracking server, asked by MLflow's REST API 2.0. `source` is what messages call what is
/// fetched.
std::unique_ptr<MlflowStore> mlflow_server(HttpServer server, HttpTransport transport,
                                           std::string source);

}  // namespace metricgate::sources
