#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/document.h"

namespace metricgate::sources {

/// What says which run or experiment a folder is.
inline constexpr std::string_view mlflow_meta_file = "meta.yaml";

/// Where a run lies: `folder` and `experiment` end with `/`, or are empty at the top.
struct MlflowRunPlace {
    std::string folder;
    std::string experiment;
};

/// The runs of a folder.
struct MlflowPlaces {
    std::vector<MlflowRunPlace> runs;
    /// What a run recorded, without the file that says which run that is.
    std::vector<MlflowRunPlace> headless;
};

/// Every run that lies in a folder: `mlruns`, one that holds it, that of an experiment or of a run.
MlflowPlaces mlflow_places(const FileTree& tree);

/// Every run that MLflow starts has tags of its own.
bool has_mlflow_tags(const FileTree& tree, const MlflowRunPlace& place);

/// True below a folder of the store that holds no runs, though it may hold folders that are named
/// like runs.
bool holds_no_mlflow_runs(std::string_view folder);

/// The folder of a name, with its final `/`.
std::string_view mlflow_parent(std::string_view name);

/// What a folder or file is called where it lies, without a final `/`.
std::string_view mlflow_last_part(std::string_view folder);

}  // namespace metricgate::sources
