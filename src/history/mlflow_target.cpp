#include "history/mlflow_target.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <nlohmann/json.hpp>

#include "sources/answer_fields.h"
#include "sources/http_json.h"
#include "sources/mlflow_address.h"
#include "support/text.h"

namespace metricgate::history {

namespace {

using nlohmann::json;
using sources::MlflowAddress;
using support::Done;
using support::Node;
using support::Result;

constexpr std::size_t values_a_request = 1000;  ///< the most that the API takes
constexpr std::size_t tags_a_request = 100;
constexpr std::size_t longest_digest = 36;
constexpr std::int64_t a_second = 1000;

/// What goes to one run of the server.
struct Group {
    std::vector<const NewPoint*> points;
};

/// Commit, run and attempt: points that differ in them belong to different runs.
using Name = std::tuple<std::string, std::string, std::string>;

class Recorder {
public:
    Recorder(const std::string& address, const sources::HttpServer& server,
             const sources::HttpTransport& transport)
        : m_address(address), m_server(server), m_transport(transport) {}

    Result<Appended> record(const MlflowAddress& to, const std::vector<NewPoint>& points) {
        std::map<Name, Group> groups;
        for (const NewPoint& point : points) {
            const bool one_run = to.kind == MlflowAddress::Kind::run;
            groups[one_run ? Name{}
                           : Name{point.point.commit, fact_of(point.point, run_key),
                                  fact_of(point.point, attempt_key)}]
                .points.push_back(&point);
        }
        auto done = to.kind == MlflowAddress::Kind::run
                        ? add_to_run(to.name, groups.begin()->second)
                        : add_to_experiment(to.name, groups);
        if (!done.ok()) {
            support::Diagnostics problems = done.problems();
            undo(problems);
            return problems;
        }
        return Appended{points.size(), 0};
    }

private:
    Result<Node> ask(const std::string& method, const json& body, const std::string& what) {
        const auto answer = send(method, body);
        return sources::json_answer(answer, m_server, what,
                                    "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and "
                                    "MLFLOW_TRACKING_PASSWORD, to ones that may write to it");
    }

    Result<sources::HttpAnswer> send(const std::string& method, const json& body) {
        sources::HttpRequest request;
        request.method = sources::HttpRequest::Method::post;
        request.path = "/api/2.0/mlflow/" + method;
        request.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
        request.content_type = "application/json";
        return m_transport(request);
    }

    Result<Node> get(const std::string& method, const std::string& query, const std::string& what) {
        sources::HttpRequest request;
        request.path = "/api/2.0/mlflow/" + method + "?" + query;
        return sources::json_answer(m_transport(request), m_server, what,
                                    "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and "
                                    "MLFLOW_TRACKING_PASSWORD, to ones that may read it");
    }

    [[nodiscard]] support::Diagnostic strange(const std::string& what) const {
        return support::problem_in(
            m_server.name,
            "answers otherwise than MLflow does when asked for " + what + "; check the address");
    }

    Result<std::string> experiment_id(const std::string& name) {
        const std::string what = "experiment '" + support::visible(name) + "'";
        sources::HttpRequest request;
        request.path = "/api/2.0/mlflow/experiments/get-by-name?experiment_name=" +
                       sources::percent_encoded(name);
        const auto found = m_transport(request);
        constexpr long not_there = 404;
        if (found.ok() && found->status == not_there) {
            const auto made = ask("experiments/create", {{"name", name}}, what);
            if (!made.ok()) {
                return made.problems();
            }
            const std::string id = sources::field_text(*made, "experiment_id");
            return id.empty() ? Result<std::string>(strange(what)) : id;
        }
        const auto answer = sources::json_answer(found, m_server, what,
                                                 "set MLFLOW_TRACKING_TOKEN, or a user and "
                                                 "password that may read it");
        if (!answer.ok()) {
            return answer.problems();
        }
        const Node* experiment = answer->find("experiment");
        const bool is_map = experiment != nullptr && experiment->kind == Node::Kind::map;
        const std::string id =
            is_map ? sources::field_text(*experiment, "experiment_id") : std::string();
        if (id.empty()) {
            return strange(what);
        }
        if (sources::field_text(*experiment, "lifecycle_stage") == "deleted") {
            return support::problem_in(m_address,
                                       what + " was deleted; restore it, or name another");
        }
        return id;
    }

    /// The id of the run of that name, or nothing.
    Result<std::string> run_named(const std::string& experiment, const std::string& name) {
        const char quote = name.find('\'') == std::string::npos ? '\'' : '"';
        const auto found =
            ask("runs/search",
                {{"experiment_ids", json::array({experiment})},
                 {"filter", std::string("attributes.run_name = ") + quote + name + quote},
                 {"run_view_type", "ACTIVE_ONLY"},
                 {"max_results", 2}},
                "run '" + support::visible(name) + "'");
        if (!found.ok()) {
            return found.problems();
        }
        const Node* runs = found->find("runs");
        if (runs == nullptr || runs->items.empty()) {
            return std::string();
        }
        if (runs->items.size() > 1) {
            return support::problem_in(m_address, "has several runs called '" +
                                                      support::visible(name) +
                                                      "'; name one by mlflow:runs/ID");
        }
        const Node* info = runs->items.front().find("info");
        const std::string id = info == nullptr ? "" : sources::field_text(*info, "run_id");
        return id.empty() ? Result<std::string>(strange("run '" + support::visible(name) + "'"))
                          : id;
    }

    Result<Done> add_to_experiment(const std::string& name, const std::map<Name, Group>& groups) {
        const auto experiment = experiment_id(name);
        if (!experiment.ok()) {
            return experiment.problems();
        }
        for (const auto& [names, group] : groups) {
            const std::string& run = std::get<1>(names);
            const auto known =
                run.empty() ? Result<std::string>(std::string()) : run_named(*experiment, run);
            if (!known.ok()) {
                return known.problems();
            }
            const auto done =
                known->empty() ? add_new_run(*experiment, run, group) : add_to_run(*known, group);
            if (!done.ok()) {
                return done.problems();
            }
        }
        return Done{};
    }

    Result<Done> add_new_run(const std::string& experiment, const std::string& name,
                             const Group& group) {
        const std::string what = "a new run";
        const std::int64_t start = a_second * group.points.front()->point.time.value_or(0);
        json body = {{"experiment_id", experiment}, {"start_time", start}};
        if (!name.empty()) {
            body["run_name"] = name;
        }
        const auto made = ask("runs/create", body, what);
        if (!made.ok()) {
            return made.problems();
        }
        const Node* run = made->find("run");
        const Node* info = run == nullptr ? nullptr : run->find("info");
        const std::string id = info == nullptr ? "" : sources::field_text(*info, "run_id");
        if (id.empty()) {
            return strange(what);
        }
        m_made.push_back(id);
        if (const auto done = write(id, group); !done.ok()) {
            return done.problems();
        }
        const std::int64_t end = a_second * group.points.back()->point.time.value_or(0);
        const auto ended =
            ask("runs/update", {{"run_id", id}, {"status", "FINISHED"}, {"end_time", end}}, what);
        return ended.ok() ? Result<Done>(Done{}) : ended.problems();
    }

    Result<Done> add_to_run(const std::string& id, const Group& group) {
        if (group.points.size() > values_a_request) {
            return support::problem_in(
                m_address, "a run that is there takes at most " +
                               support::count_of(values_a_request, "value", "values") +
                               " in one call, so that all of them or none are added; record " +
                               "fewer, or in a new run");
        }
        const std::string what = "run '" + support::visible(id) + "'";
        const auto answer = get("runs/get", "run_id=" + sources::percent_encoded(id), what);
        if (!answer.ok()) {
            return answer.problems();
        }
        const Node* run = answer->find("run");
        const Node* data = run == nullptr ? nullptr : run->find("data");
        const Node* metrics = data == nullptr ? nullptr : data->find("metrics");
        std::map<std::string, std::int64_t> steps;
        if (metrics != nullptr) {
            for (const Node& metric : metrics->items) {
                steps[sources::field_text(metric, "key")] =
                    sources::integer_of(metric.find("step")).value_or(0);
            }
        }
        for (const NewPoint* point : group.points) {
            const auto last = steps.find(point->metric);
            if (point->point.step && last != steps.end() && last->second > *point->point.step) {
                return backward_step(*point, last->second, m_address);
            }
        }
        return write(id, group);
    }

    Result<Done> write(const std::string& id, const Group& group) {
        const std::string what = "the recording of run '" + support::visible(id) + "'";
        const auto& first = group.points.front()->point;
        if (const auto done = write_inputs(id, first, what); !done.ok()) {
            return done;
        }
        json tags = tags_of(first);
        for (std::size_t from = 0; from < group.points.size() || !tags.empty();
             from += values_a_request) {
            json metrics = json::array();
            const std::size_t end = std::min(from + values_a_request, group.points.size());
            for (std::size_t i = from; i < end; ++i) {
                const NewPoint& point = *group.points[i];
                metrics.push_back({{"key", point.metric},
                                   {"value", point.point.value.value},
                                   {"timestamp", a_second * point.point.time.value_or(0)},
                                   {"step", point.point.step.value_or(0)}});
            }
            json some = json::array();
            while (!tags.empty() && some.size() < tags_a_request) {
                some.push_back(tags.back());
                tags.erase(tags.size() - 1);
            }
            const auto done =
                ask("runs/log-batch", {{"run_id", id}, {"metrics", metrics}, {"tags", some}}, what);
            if (!done.ok()) {
                return done.problems();
            }
        }
        return Done{};
    }

    static json tags_of(const evidence::HistoryPoint& point) {
        json tags = json::array();
        if (!point.commit.empty()) {
            tags.push_back({{"key", "mlflow.source.git.commit"}, {"value", point.commit}});
        }
        for (const auto& [name, value] : point.metadata) {
            if (name != run_key) {
                tags.push_back({{"key", name}, {"value", value}});
            }
        }
        return tags;
    }

    Result<Done> write_inputs(const std::string& id, const evidence::HistoryPoint& point,
                              const std::string& what) {
        if (point.data_digest.empty()) {
            return Done{};
        }
        if (point.data_digest.size() > longest_digest) {
            return support::problem_in(m_address, "MLflow takes data digests of at most " +
                                                      std::to_string(longest_digest) +
                                                      " bytes, and '" +
                                                      support::visible(point.data_digest, 80) +
                                                      "' is longer; --data gives a short one");
        }
        const std::string& source = fact_of(point, "data_source");
        const json dataset = {{"name", source.empty() ? "data" : source},
                              {"digest", point.data_digest},
                              {"source_type", "local"},
                              {"source", source.empty() ? "unknown" : source}};
        const auto done =
            ask("runs/log-inputs",
                {{"run_id", id}, {"datasets", json::array({json::object({{"dataset", dataset}})})}},
                what);
        return done.ok() ? Result<Done>(Done{}) : done.problems();
    }

    /// Takes back the runs that this call made; what cannot be taken back is said.
    void undo(support::Diagnostics& problems) {
        for (const std::string& id : m_made) {
            const auto done = ask("runs/delete", {{"run_id", id}}, "the removal of a run");
            if (!done.ok()) {
                problems.push_back(support::problem_in(
                    m_address, "run '" + support::visible(id) +
                                   "' was made and could not be deleted again; delete it"));
            }
        }
    }

    const std::string& m_address;
    const sources::HttpServer& m_server;
    const sources::HttpTransport& m_transport;
    std::vector<std::string> m_made;
};

}  // namespace

Result<Appended> append_to_mlflow(const std::string& address, const std::vector<NewPoint>& points,
                                  const sources::HttpServer& server,
                                  const sources::HttpTransport& transport) {
    if (auto problems = check_points(points); !problems.empty()) {
        return problems;
    }
    const auto to = sources::parse_mlflow_address(address);
    if (!to.ok()) {
        return to.problems();
    }
    const bool writable = to->kind == MlflowAddress::Kind::run ||
                          (to->kind == MlflowAddress::Kind::experiment && to->filter.empty());
    if (!writable || points.empty()) {
        return support::problem_in(address,
                                   "cannot be recorded to; wanted mlflow:experiments/NAME or "
                                   "mlflow:runs/ID");
    }
    return Recorder(address, server, transport).record(*to, points);
}

}  // namespace metricgate::history
