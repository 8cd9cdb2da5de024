#pragma once

#include <memory>
#include <vector>

#include "sources/document.h"
#include "sources/mlflow_store.h"
#include "sources/sqlite_database.h"

namespace metricgate::sources {

/// MLflow's SQL store in one file, as versions from 1.2 on write it.
bool recognises_mlflow_database(const Document& document);
support::Result<Recording> read_mlflow_database(const Document& document);

std::unique_ptr<MlflowStore> mlflow_database(SqliteDatabase database);

}  // namespace metricgate::sources
