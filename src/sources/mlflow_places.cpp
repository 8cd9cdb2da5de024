#include "sources/mlflow_places.h"

#include <algorithm>
#include <array>

#include "sources/answer_fields.h"
#include "sources/mlflow_run.h"

namespace metricgate::sources {

namespace {

bool starts_any(const FileTree& tree, const std::string& prefix) {
    const auto at = std::lower_bound(tree.names().begin(), tree.names().end(), prefix);
    return at != tree.names().end() && at->starts_with(prefix);
}

MlflowRunPlace place_of(std::string_view folder) {
    return {std::string(folder), std::string(mlflow_parent(folder.substr(0, folder.size() - 1)))};
}

/// The outermost folder around a file that is called like a run, with its final `/`, or nothing.
std::string_view run_folder_of(std::string_view name) {
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
        if (is_mlflow_id(mlflow_last_part(name.substr(0, slash + 1)))) {
            return name.substr(0, slash + 1);
        }
    }
    return {};
}

/// SQL stores keep the artifacts of their runs in folders of that shape, so a folder with nothing
/// else is no run of a file store.
bool is_recorded(std::string_view name_in_run) {
    static constexpr std::array<std::string_view, 5> recorded = {"metrics/", "params/", "tags/",
                                                                 "inputs/", "outputs/"};
    return std::any_of(recorded.begin(), recorded.end(),
                       [&](std::string_view part) { return name_in_run.starts_with(part); });
}

std::vector<MlflowRunPlace> headless_in(const FileTree& tree) {
    std::vector<MlflowRunPlace> headless;
    for (const std::string& name : tree.names()) {
        const std::string_view folder = run_folder_of(name);
        const bool known = !headless.empty() && headless.back().folder == folder;
        if (!folder.empty() && !known &&
            is_recorded(std::string_view(name).substr(folder.size())) &&
            !holds_no_mlflow_runs(folder) &&
            !tree.contains(std::string(folder).append(mlflow_meta_file))) {
            headless.push_back(place_of(folder));
        }
    }
    return headless;
}

}  // namespace

std::string_view mlflow_parent(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash + 1);
}

std::string_view mlflow_last_part(std::string_view folder) {
    folder.remove_suffix(folder.ends_with('/') ? 1 : 0);
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? folder : folder.substr(slash + 1);
}

bool holds_no_mlflow_runs(std::string_view folder) {
    static constexpr std::array<std::string_view, 8> others = {
        ".trash", "models", "datasets", "traces", "artifacts", "inputs", "outputs", "assessments"};
    while (!folder.empty()) {
        if (std::find(others.begin(), others.end(), mlflow_last_part(folder)) != others.end()) {
            return true;
        }
        folder.remove_suffix(1);
        folder = mlflow_parent(folder);
    }
    return false;
}

bool has_mlflow_tags(const FileTree& tree, const MlflowRunPlace& place) {
    return starts_any(tree, place.folder + "tags/mlflow.");
}

MlflowPlaces mlflow_places(const FileTree& tree) {
    MlflowPlaces places;
    for (const std::string& name : tree.names()) {
        const std::string_view folder = mlflow_parent(name);
        if (std::string_view(name).substr(folder.size()) == mlflow_meta_file &&
            is_mlflow_id(mlflow_last_part(folder)) && !holds_no_mlflow_runs(folder)) {
            places.runs.push_back(place_of(folder));
        }
    }
    places.headless = headless_in(tree);
    if (places.runs.empty() && places.headless.empty()) {
        const MlflowRunPlace itself = {"", ""};
        if (!tree.contains(mlflow_meta_file)) {
            places.headless.assign(has_mlflow_tags(tree, itself) ? 1 : 0, itself);
        } else if (starts_any(tree, "metrics/") || starts_any(tree, "tags/")) {
            places.runs.push_back(itself);
        }
    }
    return places;
}

}  // namespace metricgate::sources
