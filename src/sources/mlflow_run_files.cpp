#include "sources/mlflow_run_files.h"

#include <utility>

#include "sources/answer_fields.h"
#include "sources/mlflow_metric_lines.h"
#include "sources/mlflow_store.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

constexpr std::size_t most_points = 5'000'000;

}  // namespace

support::Diagnostic MlflowRunFiles::without_meta(const MlflowRunPlace& place) const {
    std::string folder = place.folder.empty() ? m_source : path_of(place.folder);
    folder.resize(folder.size() - (folder.ends_with('/') ? 1 : 0));
    return {support::in_file(folder),
            "is the folder of a run without its meta.yaml, so nothing says how the run ended "
            "or whether it was deleted; copy the run whole, or take its folder away"};
}

Result<Node> MlflowRunFiles::meta_in(const std::string& name) const {
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

Result<MlflowRun> MlflowRunFiles::read_head(const MlflowRunPlace& place) const {
    const auto meta = meta_in(place.folder + "meta.yaml");
    if (!meta.ok()) {
        return meta.problems();
    }
    MlflowRun run;
    run.where = support::in_file(path_of(place.folder + "meta.yaml"));
    run.id = field_text(*meta, "run_id");
    run.id = run.id.empty() ? field_text(*meta, "run_uuid") : run.id;
    const bool misplaced = !place.folder.empty() && run.id != mlflow_last_part(place.folder);
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
    const auto problems = for_each_below(
        place.folder + "tags/", [&](std::string key, const std::string&, std::string_view text,
                                    support::Diagnostics&) { run.tags[std::move(key)] = text; });
    if (!problems.empty()) {
        return problems;
    }
    if (run.name.empty() && run.tags.contains("mlflow.runName")) {
        run.name = run.tags["mlflow.runName"];
    }
    return run;
}

Result<MlflowRun> MlflowRunFiles::read_run(const MlflowRunPlace& place) {
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

support::Diagnostics MlflowRunFiles::read_metrics(const MlflowRunPlace& place, MlflowRun& run) {
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

support::Diagnostics MlflowRunFiles::read_inputs(const MlflowRunPlace& place,
                                                 MlflowRun& run) const {
    return for_each_below(
        place.folder + "inputs/", [&](const std::string&, const std::string& name, std::string_view,
                                      support::Diagnostics& problems) {
            const auto input = name.ends_with("/meta.yaml") ? meta_in(name) : Result<Node>(Node{});
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

}  // namespace metricgate::sources
