#pragma once

#include <memory>

#include "sources/document.h"
#include "sources/mlflow_store.h"

namespace metricgate::sources {

/// MLflow's file store: the folder `mlruns`, one that holds it, the folder of one experiment or
/// that of one run.
bool recognises_mlflow_folder(const Document& document);
support::Result<Recording> read_mlflow_folder(const Document& document);

std::unique_ptr<MlflowStore> mlflow_folder(std::shared_ptr<const FileTree> folder,
                                           std::string source);

}  // namespace metricgate::sources
