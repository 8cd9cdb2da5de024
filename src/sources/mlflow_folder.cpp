#include "sources/mlflow_folder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sources/answer_fields.h"
#include "sources/mlflow_metric_lines.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

constexpr std::size_t most_points = 5'000'000;
constexpr std::string_view meta_file = "meta.yaml";

/// Where a run lies: `folder` and `experiment` end with `/`, or are empty at the top.
struct RunPlace {
    std::string folder;
    std::string experiment;
};

/// The folder of a name, with its final `/`.
std::string_view folder_of(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash + 1);
}

std::string_view last_part(std::string_view folder) {
    folder.remove_suffix(folder.ends_with('/') ? 1 : 0);
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? folder : folder.substr(slash + 1);
}

/// Folders of a store that hold no runs, though some hold folders that are named like runs.
bool is_set_aside(std::string_view folder) {
    static constexpr std::array<std::string_view, 8> others = {
        ".trash", "models", "datasets", "traces", "artifacts", "inputs", "outputs", "assessments"};
    while (!folder.empty()) {
        if (std::find(others.begin(), others.end(), last_part(folder)) != others.end()) {
            return true;
        }
        folder.remove_suffix(1);
        folder = folder_of(folder);
    }
    return false;
}

bool starts_any(const FileTree& tree, const std::string& prefix) {
    const auto at = std::lower_bound(tree.names().begin(), tree.names().end(), prefix);
    return at != tree.names().end() && at->starts_with(prefix);
}

struct Places {
    std::vector<RunPlace> runs;
    /// What a run recorded, without the file that says which run that is.
    std::vector<RunPlace> headless;
};

RunPlace place_of(std::string_view folder) {
    return {std::string(folder), std::string(folder_of(folder.substr(0, folder.size() - 1)))};
}

/// The outermost folder around a file that is called like a run, with its final `/`, or nothing.
std::string_view run_folder_of(std::string_view name) {
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
        if (is_mlflow_id(last_part(name.substr(0, slash + 1)))) {
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

std::vector<RunPlace> headless_in(const FileTree& tree) {
    std::vector<RunPlace> headless;
    for (const std::string& name : tree.names()) {
        const std::string_view folder = run_folder_of(name);
        const bool known = !headless.empty() && headless.back().folder == folder;
        if (!folder.empty() && !known &&
            is_recorded(std::string_view(name).substr(folder.size())) && !is_set_aside(folder) &&
            !tree.contains(std::string(folder).append(meta_file))) {
            headless.push_back(place_of(folder));
        }
    }
    return headless;
}

/// Every run that MLflow starts has tags of its own.
bool has_mlflow_tags(const FileTree& tree, const RunPlace& place) {
    return starts_any(tree, place.folder + "tags/mlflow.");
}

Places places_of(const FileTree& tree) {
    Places places;
    for (const std::string& name : tree.names()) {
        const std::string_view folder = folder_of(name);
        if (std::string_view(name).substr(folder.size()) == meta_file &&
            is_mlflow_id(last_part(folder)) && !is_set_aside(folder)) {
            places.runs.push_back(place_of(folder));
        }
    }
    places.headless = headless_in(tree);
    if (places.runs.empty() && places.headless.empty()) {
        const RunPlace itself = {"", ""};
        if (!tree.contains(meta_file)) {
            places.headless.assign(has_mlflow_tags(tree, itself) ? 1 : 0, itself);
        } else if (starts_any(tree, "metrics/") || starts_any(tree, "tags/")) {
            places.runs.push_back(itself);
        }
    }
    return places;
}

class FolderStore final : public MlflowStore {
public:
    FolderStore(std::shared_ptr<const FileTree> tree, std::string source)
        : m_tree(std::move(tree)), m_source(std::move(source)), m_places(places_of(*m_tree)) {}

    Result<MlflowRun> run(const std::string& id) override {
        for (const RunPlace& place : m_places.runs) {
            if (last_part(place.folder) == id) {
                return read_run(place);
            }
        }
        for (const RunPlace& place : m_places.headless) {
            if (last_part(place.folder) == id) {
                return without_meta(place);
            }
        }
        return no_such_run(m_source, id);
    }

    Result<std::vector<MlflowRun>> all_runs() {
        if (!m_places.headless.empty()) {
            return without_meta(m_places.headless.front());
        }
        std::vector<MlflowRun> runs;
        for (const RunPlace& place : m_places.runs) {
            auto run = read_run(place);
            if (!run.ok()) {
                return run.problems();
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
        const auto meta = meta_in(name);
        if (!meta.ok()) {
            return meta.problems();
        }
        if (const std::string id = field_text(*meta, "run_id"); !id.empty()) {
            return id;
        }
        const std::string tail = "/models/" + field_text(*meta, "model_id") + "/meta.yaml";
        for (const std::string& other : m_tree->names()) {
            if (other.ends_with(tail)) {
                const auto logged = meta_in(other);
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
            const std::string folder(folder_of(name));
            if (std::string_view(name).substr(folder.size()) != meta_file || is_set_aside(folder) ||
                is_mlflow_id(last_part(folder))) {
                continue;
            }
            const auto meta = meta_in(name);
            if (!meta.ok()) {
                return meta.problems();
            }
            if (field_text(*meta, "name") != experiment ||
                field_text(*meta, "lifecycle_stage") == "deleted") {
                continue;
            }
            found_experiment = true;
            for (const RunPlace& place : m_places.headless) {
                if (place.experiment == folder) {
                    return without_meta(place);  // it may be the latest
                }
            }
            for (const RunPlace& place : m_places.runs) {
                if (place.experiment == folder) {
                    auto head = read_head(place);
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
    [[nodiscard]] std::string path_of(const std::string& name) const {
        return m_source + "/" + name;
    }

    [[nodiscard]] support::Diagnostic without_meta(const RunPlace& place) const {
        std::string folder = place.folder.empty() ? m_source : path_of(place.folder);
        folder.resize(folder.size() - (folder.ends_with('/') ? 1 : 0));
        return {support::in_file(folder),
                "is the folder of a run without its meta.yaml, so nothing says how the run ended "
                "or whether it was deleted; copy the run whole, or take its folder away"};
    }

    [[nodiscard]] Result<Node> meta_in(const std::string& name) const {
        const auto bytes = m_tree->read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        if (!bytes->view().ends_with('\n')) {
            return support::problem_in(path_of(name),
                                       "the last line has no line end, so the file "
                                       "may be cut short; copy it again");
        }
        auto meta = support::parse_yaml(bytes->view(), path_of(name));
        if (meta.ok() && meta->kind != Node::Kind::map) {
            return support::problem_in(path_of(name), "found " + support::describe_found(*meta) +
                                                          ", wanted what MLflow says of a run");
        }
        return meta;
    }

    /// `use` is given each file below `folder`, by its name there.
    template <class Use>
    support::Diagnostics for_each_below(const std::string& folder, Use use) const {
        support::Diagnostics problems;
        const auto& names = m_tree->names();
        for (auto at = std::lower_bound(names.begin(), names.end(), folder);
             at != names.end() && at->starts_with(folder) && problems.empty(); ++at) {
            const auto bytes = m_tree->read(*at);
            if (!bytes.ok()) {
                return bytes.problems();
            }
            use(at->substr(folder.size()), *at, bytes->view(), problems);
        }
        return problems;
    }

    /// All but metrics, params and inputs.
    [[nodiscard]] Result<MlflowRun> read_head(const RunPlace& place) const {
        const auto meta = meta_in(place.folder + "meta.yaml");
        if (!meta.ok()) {
            return meta.problems();
        }
        MlflowRun run;
        run.where = support::in_file(path_of(place.folder + "meta.yaml"));
        run.id = field_text(*meta, "run_id");
        run.id = run.id.empty() ? field_text(*meta, "run_uuid") : run.id;
        const bool misplaced = !place.folder.empty() && run.id != last_part(place.folder);
        if (run.id.empty() || misplaced) {
            return support::Diagnostic{run.where, "names the run '" + support::visible(run.id) +
                                                      "', which is not what its folder is called"};
        }
        run.name = field_text(*meta, "run_name");
        run.name = run.name.empty() ? field_text(*meta, "name") : run.name;
        run.lifecycle = field_text(*meta, "lifecycle_stage");
        run.experiment_id = field_text(*meta, "experiment_id");
        run.start = integer_of(meta->find("start_time")).value_or(0);
        const Node* status = meta->find("status");
        const auto number = integer_of(status);
        run.status = status == nullptr ? "RUNNING"
                     : number          ? std::string(mlflow_status(*number))
                                       : status->text;
        const auto problems =
            for_each_below(place.folder + "tags/",
                           [&](std::string key, const std::string&, std::string_view text,
                               support::Diagnostics&) { run.tags[std::move(key)] = text; });
        if (!problems.empty()) {
            return problems;
        }
        if (run.name.empty() && run.tags.contains("mlflow.runName")) {
            run.name = run.tags["mlflow.runName"];
        }
        return run;
    }

    Result<MlflowRun> read_run(const RunPlace& place) {
        auto head = read_head(place);
        if (!head.ok()) {
            return head;
        }
        MlflowRun& run = *head;
        auto problems =
            for_each_below(place.folder + "params/",
                           [&](std::string key, const std::string&, std::string_view text,
                               support::Diagnostics&) { run.params[std::move(key)] = text; });
        if (problems.empty()) {
            problems = read_metrics(place, run);
        }
        if (problems.empty()) {
            problems = read_inputs(place, run);
        }
        const std::string experiment = place.experiment + "meta.yaml";
        if (problems.empty() && !place.folder.empty() && m_tree->contains(experiment)) {
            const auto meta = meta_in(experiment);
            problems = meta.problems();
            run.experiment = meta.ok() ? field_text(*meta, "name") : "";
        }
        return problems.empty() ? std::move(head) : Result<MlflowRun>(std::move(problems));
    }

    support::Diagnostics read_metrics(const RunPlace& place, MlflowRun& run) {
        return for_each_below(
            place.folder + "metrics/", [&](const std::string& key, const std::string& name,
                                           std::string_view text, support::Diagnostics& problems) {
                auto points = mlflow_metric_lines(text, path_of(name));
                if (!points.ok()) {
                    run.flaws[key] = points.problems().front();
                    return;
                }
                m_points += points->size();
                if (m_points > most_points) {
                    problems.push_back(support::problem_in(
                        m_source, "the folder holds more than " +
                                      support::count_of(most_points, "value", "values") +
                                      "; name the folder of one run"));
                    return;
                }
                run.metrics[key] = std::move(points).value();
            });
    }

    support::Diagnostics read_inputs(const RunPlace& place, MlflowRun& run) const {
        return for_each_below(
            place.folder + "inputs/", [&](const std::string&, const std::string& name,
                                          std::string_view, support::Diagnostics& problems) {
                const auto input =
                    name.ends_with("/meta.yaml") ? meta_in(name) : Result<Node>(Node{});
                if (!input.ok()) {
                    problems = input.problems();
                    return;
                }
                const std::string dataset =
                    place.experiment + "datasets/" + field_text(*input, "source_id") + "/meta.yaml";
                if (field_text(*input, "source_type") != "DATASET" || !m_tree->contains(dataset)) {
                    return;
                }
                const auto meta = meta_in(dataset);
                if (!meta.ok()) {
                    problems = meta.problems();
                    return;
                }
                run.datasets[field_text(*meta, "name")] = field_text(*meta, "digest");
            });
    }

    std::shared_ptr<const FileTree> m_tree;
    std::string m_source;
    Places m_places;
    std::size_t m_points = 0;
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
    const Places places = places_of(document.folder());
    return !places.runs.empty() || std::ranges::any_of(places.headless, [&](const RunPlace& place) {
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
