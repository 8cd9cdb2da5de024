#include "sources/mlflow_folder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sources/answer_fields.h"
#include "sources/mlflow_places.h"
#include "sources/mlflow_run_files.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

class FolderStore final : public MlflowStore {
public:
    FolderStore(std::shared_ptr<const FileTree> tree, std::string source)
        : m_tree(std::move(tree)),
          m_source(std::move(source)),
          m_places(mlflow_places(*m_tree)),
          m_files(m_tree, m_source) {}

    Result<MlflowRun> run(const std::string& id) override {
        const MlflowRunPlace* found = nullptr;
        for (const MlflowRunPlace& place : m_places.runs) {
            if (mlflow_last_part(place.folder) != id) {
                continue;
            }
            if (found != nullptr) {
                return in_two_places(id, *found, place);
            }
            found = &place;
        }
        if (found != nullptr) {
            return m_files.read_run(*found);
        }
        for (const MlflowRunPlace& place : m_places.headless) {
            if (mlflow_last_part(place.folder) == id) {
                return m_files.without_meta(place);
            }
        }
        return no_such_run(m_source, id);
    }

    Result<std::vector<MlflowRun>> all_runs() {
        if (!m_places.headless.empty()) {
            return m_files.without_meta(m_places.headless.front());
        }
        std::vector<MlflowRun> runs;
        std::map<std::string, const MlflowRunPlace*> places;
        for (const MlflowRunPlace& place : m_places.runs) {
            auto run = m_files.read_run(place);
            if (!run.ok()) {
                return run.problems();
            }
            const auto [first, is_new] = places.emplace(run->id, &place);
            if (!is_new) {
                return in_two_places(run->id, *first->second, place);
            }
            runs.push_back(std::move(run).value());
        }
        return runs;
    }

    Result<std::string> version_of(const std::string& model, const std::string& alias) override {
        const std::string name = "models/" + model + "/aliases/" + alias;
        if (!m_tree->contains(name)) {
            return no_such_alias(m_source, model, alias);
        }
        const auto bytes = m_tree->read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        const std::string_view version = bytes->view();
        return std::string(version.substr(0, version.find_first_of("\r\n")));
    }

    Result<std::string> run_of_version(const std::string& model,
                                       const std::string& version) override {
        const std::string name = "models/" + model + "/version-" + version + "/meta.yaml";
        if (!m_tree->contains(name)) {
            return no_such_version(m_source, model, version);
        }
        const auto meta = m_files.meta_in(name);
        if (!meta.ok()) {
            return meta.problems();
        }
        if (const std::string id = field_text(*meta, "run_id"); !id.empty()) {
            return id;
        }
        const std::string tail = "/models/" + field_text(*meta, "model_id") + "/meta.yaml";
        for (const std::string& other : m_tree->names()) {
            if (other.ends_with(tail)) {
                const auto logged = m_files.meta_in(other);
                const std::string id = logged.ok() ? field_text(*logged, "source_run_id") : "";
                return id.empty()
                           ? Result<std::string>(version_without_run(m_source, model, version))
                           : id;
            }
        }
        return version_without_run(m_source, model, version);
    }

    Result<std::string> latest_run(const std::string& experiment,
                                   const std::vector<TagCondition>& filter) override {
        const auto ids = runs_in(experiment, filter);
        return ids.ok() ? Result<std::string>(ids->front()) : ids.problems();
    }

    Result<std::vector<std::string>> runs_in(const std::string& experiment,
                                             const std::vector<TagCondition>& filter) override {
        std::vector<MlflowRun> heads;
        bool found_experiment = false;
        for (const std::string& name : m_tree->names()) {
            const std::string folder(mlflow_parent(name));
            if (std::string_view(name).substr(folder.size()) != mlflow_meta_file ||
                holds_no_mlflow_runs(folder) || is_mlflow_id(mlflow_last_part(folder))) {
                continue;
            }
            const auto meta = m_files.meta_in(name);
            if (!meta.ok()) {
                return meta.problems();
            }
            if (field_text(*meta, "name") != experiment ||
                field_text(*meta, "lifecycle_stage") == "deleted") {
                continue;
            }
            found_experiment = true;
            for (const MlflowRunPlace& place : m_places.headless) {
                if (place.experiment == folder) {
                    return m_files.without_meta(place);  // it may be the latest
                }
            }
            for (const MlflowRunPlace& place : m_places.runs) {
                if (place.experiment == folder) {
                    auto head = m_files.read_head(place);
                    if (!head.ok()) {
                        return head.problems();
                    }
                    heads.push_back(std::move(head).value());
                }
            }
        }
        if (!found_experiment) {
            return no_such_experiment(m_source, experiment);
        }
        std::erase_if(heads, [&](const MlflowRun& head) {
            return head.lifecycle == "deleted" || !satisfies(head.tags, filter);
        });
        if (heads.empty()) {
            return no_run_in(m_source, experiment, filter);
        }
        std::ranges::sort(heads, [](const MlflowRun& a, const MlflowRun& b) {
            return a.start != b.start ? a.start > b.start : a.id < b.id;
        });
        std::vector<std::string> ids;
        for (const MlflowRun& head : heads) {
            ids.push_back(head.id);
        }
        return ids;
    }

private:
    /// As of a store that was copied into itself; nothing says which of the two was recorded.
    [[nodiscard]] support::Diagnostic in_two_places(const std::string& id,
                                                    const MlflowRunPlace& one,
                                                    const MlflowRunPlace& other) const {
        return support::problem_in(m_source, "holds run '" + support::visible(id) +
                                                 "' twice, in '" + support::visible(one.folder) +
                                                 "' and '" + support::visible(other.folder) +
                                                 "'; move the copy out of the store");
    }

    std::shared_ptr<const FileTree> m_tree;
    std::string m_source;
    MlflowPlaces m_places;
    MlflowRunFiles m_files;
};

/// The tree of a document that is borrowed for the time of a call.
std::shared_ptr<const FileTree> borrowed(const FileTree& tree) {
    return {std::shared_ptr<const FileTree>(), &tree};
}

}  // namespace

bool recognises_mlflow_folder(const Document& document) {
    if (!document.is_folder()) {
        return false;
    }
    const MlflowPlaces places = mlflow_places(document.folder());
    return !places.runs.empty() ||
           std::ranges::any_of(places.headless, [&](const MlflowRunPlace& place) {
               return has_mlflow_tags(document.folder(), place);
           });
}

Result<Recording> read_mlflow_folder(const Document& document) {
    if (!document.is_folder()) {
        return support::problem_in(document.source(),
                                   "is a file, wanted the folder of a store of "
                                   "MLflow (mlruns), of an experiment or a run");
    }
    auto runs = FolderStore(borrowed(document.folder()), document.source()).all_runs();
    if (!runs.ok()) {
        return runs.problems();
    }
    if (runs->empty()) {
        return support::problem_in(document.source(), "the folder holds no run of MLflow");
    }
    return recording_of(std::move(runs).value(), document.source());
}

std::unique_ptr<MlflowStore> mlflow_folder(std::shared_ptr<const FileTree> folder,
                                           std::string source) {
    return std::make_unique<FolderStore>(std::move(folder), std::move(source));
}

}  // namespace metricgate::sources
