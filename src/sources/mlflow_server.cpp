#include "sources/mlflow_server.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "sources/answer_fields.h"
#include "sources/http_json.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

constexpr std::size_t most_points = 5'000'000;
constexpr std::size_t most_metrics = 10'000;
constexpr std::size_t most_pages = 10'000;
constexpr std::size_t most_models = 100;
constexpr std::size_t most_runs = 50'000;
constexpr std::size_t runs_a_page = 1000;
constexpr const char* points_a_page = "25000";  ///< the most that the API gives

const Node* at(const Node* node, std::string_view key) {
    return node == nullptr || node->kind != Node::Kind::map ? nullptr : node->find(key);
}

const std::vector<Node>& items_of(const Node* node) {
    static const std::vector<Node> none;
    return node == nullptr || node->kind != Node::Kind::list ? none : node->items;
}

std::map<std::string, std::string> pairs_of(const Node* list) {
    std::map<std::string, std::string> pairs;
    for (const Node& item : items_of(list)) {
        pairs[field_text(item, "key")] = field_text(item, "value");
    }
    return pairs;
}

std::string json_text(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            quoted += "\\u00";
            quoted += digits[static_cast<unsigned char>(c) >> 4];
            quoted += digits[static_cast<unsigned char>(c) & 15U];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::optional<MlflowPoint> point_of(const Node& item) {
    const auto timestamp = integer_of(item.find("timestamp"));
    // What is 0 is left out of answers of some servers.
    const Node* step = item.find("step");
    const auto step_number = step == nullptr ? std::optional<std::int64_t>(0) : integer_of(step);
    if (item.kind != Node::Kind::map || !timestamp || !step_number) {
        return std::nullopt;
    }
    MlflowPoint point;
    point.timestamp = *timestamp;
    point.step = *step_number;
    const Node* value = item.find("value");
    if (value == nullptr) {
        return std::nullopt;  // never 0, which would be a perfect loss
    }
    point.value = field_value(value);
    if (point.value.kind == support::NumberKind::finite) {
        point.value = mlflow_value(point.value.value, false);
    }
    point.digest = field_text(item, "dataset_digest");
    return point;
}

class ServerStore final : public MlflowStore {
public:
    ServerStore(HttpServer server, HttpTransport transport, std::string source)
        : m_server(std::move(server)),
          m_transport(std::move(transport)),
          m_source(std::move(source)) {}

    Result<MlflowRun> run(const std::string& id) override { return read_run(id, true); }

    Result<MlflowRun> current_values(const std::string& id) override { return read_run(id, false); }

    Result<std::string> version_of(const std::string& model, const std::string& alias) override {
        const std::string what = "the alias '" + support::visible(alias) + "' of model '" +
                                 support::visible(model) + "'";
        const auto answer =
            get("registered-models/alias", {{"name", model}, {"alias", alias}}, what);
        if (!answer.ok()) {
            return support::Diagnostic{answer.problems().front().where,
                                       answer.problems().front().message +
                                           "; a server without aliases takes models/NAME/VERSION"};
        }
        const Node* version = at(&*answer, "model_version");
        const std::string number = version == nullptr ? "" : field_text(*version, "version");
        return number.empty() ? Result<std::string>(strange(what)) : number;
    }

    Result<std::string> run_of_version(const std::string& model,
                                       const std::string& version) override {
        const std::string what =
            "version " + support::visible(version) + " of model '" + support::visible(model) + "'";
        const auto answer =
            get("model-versions/get", {{"name", model}, {"version", version}}, what);
        if (!answer.ok()) {
            return answer.problems();
        }
        const Node* found = at(&*answer, "model_version");
        if (found == nullptr) {
            return strange(what);
        }
        if (const std::string id = field_text(*found, "run_id"); !id.empty()) {
            return id;
        }
        std::string logged = field_text(*found, "model_id");
        const std::string source = field_text(*found, "source");
        constexpr std::string_view scheme = "models:/m-";
        if (logged.empty() && source.starts_with(scheme)) {
            logged = source.substr(scheme.size() - 2);
        }
        if (logged.empty()) {
            return version_without_run(m_source, model, version);
        }
        const auto of_model = get("logged-models/" + percent_encoded(logged), {}, what);
        if (!of_model.ok()) {
            return of_model.problems();
        }
        const Node* info = at(at(&*of_model, "model"), "info");
        const std::string id = info == nullptr ? "" : field_text(*info, "source_run_id");
        return id.empty() ? Result<std::string>(version_without_run(m_source, model, version)) : id;
    }

    Result<std::string> latest_run(const std::string& experiment,
                                   const std::vector<TagCondition>& filter) override {
        const auto ids = ids_in(experiment, filter, 1);
        return ids.ok() ? Result<std::string>(ids->front()) : ids.problems();
    }

    Result<std::vector<std::string>> runs_in(const std::string& experiment,
                                             const std::vector<TagCondition>& filter) override {
        return ids_in(experiment, filter, most_runs);
    }

private:
    Result<MlflowRun> read_run(const std::string& id, bool with_histories) {
        const auto answer = get("runs/get", {{"run_id", id}}, "run '" + support::visible(id) + "'");
        if (!answer.ok()) {
            return answer.problems();
        }
        const Node* found = at(&*answer, "run");
        const Node* info = at(found, "info");
        if (info == nullptr) {
            return strange("run '" + support::visible(id) + "'");
        }
        MlflowRun run = head_of(*info);
        const Node* data = at(found, "data");
        run.params = pairs_of(at(data, "params"));
        run.tags = pairs_of(at(data, "tags"));
        for (const Node& input : items_of(at(at(found, "inputs"), "dataset_inputs"))) {
            if (const Node* dataset = at(&input, "dataset"); dataset != nullptr) {
                run.datasets[field_text(*dataset, "name")] = field_text(*dataset, "digest");
            }
        }
        if (items_of(at(data, "metrics")).size() > most_metrics) {
            return support::problem_in(m_source,
                                       "the run has more than " +
                                           support::count_of(most_metrics, "metric", "metrics") +
                                           ", each of which would be asked for");
        }
        std::size_t points = 0;
        for (const Node& metric : items_of(at(data, "metrics"))) {
            const std::string key = field_text(metric, "key");
            const auto latest = point_of(metric);
            if (key.empty() || !latest) {
                return strange("the metrics of run '" + support::visible(id) + "'");
            }
            run.latest[key] = *latest;
            if (!with_histories) {
                continue;
            }
            auto history = history_of(id, key, points);
            if (!history.ok()) {
                return history.problems();
            }
            run.metrics[key] = std::move(history).value();
        }
        if (!with_histories) {
            return run;
        }
        const auto digests = read_digests(*found, run);
        return digests.ok() ? Result<MlflowRun>(std::move(run)) : digests.problems();
    }

    using Query = std::vector<std::pair<std::string, std::string>>;

    [[nodiscard]] Result<Node> get(const std::string& method, const Query& query,
                                   const std::string& what) const {
        HttpRequest request;
        request.path = "/api/2.0/mlflow/" + method;
        char mark = '?';
        for (const auto& [key, value] : query) {
            request.path += mark + key + "=" + percent_encoded(value);
            mark = '&';
        }
        return ask(request, what);
    }

    [[nodiscard]] Result<Node> post(const std::string& method, std::string body,
                                    const std::string& what) const {
        HttpRequest request;
        request.method = HttpRequest::Method::post;
        request.path = "/api/2.0/mlflow/" + method;
        request.body = std::move(body);
        request.content_type = "application/json";
        return ask(request, what);
    }

    [[nodiscard]] Result<Node> ask(const HttpRequest& request, const std::string& what) const {
        return json_answer(m_transport(request), m_server, what,
                           "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and "
                           "MLFLOW_TRACKING_PASSWORD, to ones that may read it");
    }

    [[nodiscard]] support::Diagnostic strange(const std::string& what) const {
        return support::problem_in(m_server.name,
                                   "answers otherwise than MLflow does when asked "
                                   "for " +
                                       what + "; check the address");
    }

    [[nodiscard]] MlflowRun head_of(const Node& info) const {
        MlflowRun run;
        run.where = support::in_file(m_source);
        run.id = field_text(info, "run_id");
        run.id = run.id.empty() ? field_text(info, "run_uuid") : run.id;
        run.name = field_text(info, "run_name");
        run.status = field_text(info, "status");
        run.lifecycle = field_text(info, "lifecycle_stage");
        run.experiment_id = field_text(info, "experiment_id");
        run.start = integer_of(info.find("start_time")).value_or(0);
        return run;
    }

    /// The id of an experiment that is not deleted.
    Result<std::string> id_of_experiment(const std::string& experiment) const {
        const std::string what = "experiment '" + support::visible(experiment) + "'";
        const auto answer = get("experiments/get-by-name", {{"experiment_name", experiment}}, what);
        if (!answer.ok()) {
            return answer.problems();
        }
        const Node* found = at(&*answer, "experiment");
        const std::string id = found == nullptr ? "" : field_text(*found, "experiment_id");
        if (id.empty()) {
            return strange(what);
        }
        return field_text(*found, "lifecycle_stage") == "deleted"
                   ? Result<std::string>(no_such_experiment(m_source, experiment))
                   : id;
    }

    /// By start time, the last one first; from 1 to `most`, and a problem where there are more than
    /// any may be.
    Result<std::vector<std::string>> ids_in(const std::string& experiment,
                                            const std::vector<TagCondition>& filter,
                                            std::size_t most) const {
        const auto id = id_of_experiment(experiment);
        if (!id.ok()) {
            return id.problems();
        }
        const std::string what = "the runs of experiment '" + support::visible(experiment) + "'";
        std::vector<std::string> ids;
        std::string token;
        do {
            const std::string search =
                "{\"experiment_ids\": [" + json_text(*id) +
                "], \"filter\": " + json_text(mlflow_filter(filter)) +
                ", \"run_view_type\": \"ACTIVE_ONLY\", \"max_results\": " +
                std::to_string(std::min(most, runs_a_page)) +
                (token.empty() ? "" : ", \"page_token\": " + json_text(token)) +
                ", \"order_by\": [\"attributes.start_time DESC\"]}";
            const auto runs = post("runs/search", search, what);
            if (!runs.ok()) {
                return runs.problems();
            }
            for (const Node& run : items_of(at(&*runs, "runs"))) {
                const Node* info = at(&run, "info");
                if (info == nullptr || head_of(*info).id.empty()) {
                    return strange(what);
                }
                ids.push_back(head_of(*info).id);
            }
            const std::string next = field_text(*runs, "next_page_token");
            if (most > 1 && (ids.size() > most || (!next.empty() && next == token))) {
                return support::problem_in(m_source, what + " are more than " +
                                                         support::count_of(most, "run", "runs") +
                                                         "; give a filter");
            }
            token = next;
        } while (!token.empty() && (most > 1 || ids.empty()));
        return ids.empty()
                   ? Result<std::vector<std::string>>(no_run_in(m_source, experiment, filter))
                   : ids;
    }

    /// All pages of a history. One that does not come is a problem: half a history looks whole.
    Result<std::vector<MlflowPoint>> history_of(const std::string& id, const std::string& key,
                                                std::size_t& points) const {
        const std::string what = "the history of '" + support::visible(key) + "'";
        std::vector<MlflowPoint> history;
        std::set<std::string> tokens;
        std::string token;
        do {
            Query query = {{"run_id", id}, {"metric_key", key}, {"max_results", points_a_page}};
            if (!token.empty()) {
                query.emplace_back("page_token", token);
            }
            const auto page = get("metrics/get-history", query, what);
            if (!page.ok()) {
                return page.problems();
            }
            for (const Node& item : items_of(at(&*page, "metrics"))) {
                auto point = point_of(item);
                if (!point || field_text(item, "key") != key) {
                    return strange(what);
                }
                history.push_back(std::move(*point));
            }
            points += items_of(at(&*page, "metrics")).size();
            token = field_text(*page, "next_page_token");
            const bool repeats = !token.empty() && !tokens.insert(token).second;
            if (repeats || points > most_points || tokens.size() > most_pages) {
                return support::problem_in(
                    m_server.name,
                    repeats
                        ? "gives the same page of " + what + " again and again"
                        : "holds more than " + support::count_of(most_points, "value", "values") +
                              " of the run; log fewer, or export those that are judged");
            }
        } while (!token.empty());
        return history;
    }

    /// From 3.0 on a run's logged models say which data set a metric was measured on; their values
    /// are not taken, because NaN is a plain 0 there.
    [[nodiscard]] Result<support::Done> read_digests(const Node& found, MlflowRun& run) const {
        std::set<std::string> models;
        for (const Node* list : {at(at(&found, "inputs"), "model_inputs"),
                                 at(at(&found, "outputs"), "model_outputs")}) {
            for (const Node& item : items_of(list)) {
                models.insert(field_text(item, "model_id"));
            }
        }
        if (models.size() > most_models) {
            return support::problem_in(m_source, "the run has more than " +
                                                     std::to_string(most_models) +
                                                     " logged models; name another run");
        }
        using Place = std::tuple<std::string, std::int64_t, std::int64_t>;
        std::map<Place, std::set<std::string>> digests;
        for (const std::string& id : models) {
            const std::string what = "the logged model '" + support::visible(id) + "'";
            const auto answer = get("logged-models/" + percent_encoded(id), {}, what);
            if (!answer.ok()) {
                return answer.problems();
            }
            for (const Node& item : items_of(at(at(at(&*answer, "model"), "data"), "metrics"))) {
                const auto point = point_of(item);
                if (point && !point->digest.empty() && field_text(item, "run_id") == run.id) {
                    digests[{field_text(item, "key"), point->timestamp, point->step}].insert(
                        point->digest);
                }
            }
        }
        for (auto& [key, points] : run.metrics) {
            for (MlflowPoint& point : points) {
                const auto known = digests.find({key, point.timestamp, point.step});
                if (known != digests.end()) {
                    const std::vector<std::string> sorted(known->second.begin(),
                                                          known->second.end());
                    point.digest = support::enumerate(sorted);
                }
            }
        }
        return support::Done{};
    }

    HttpServer m_server;
    HttpTransport m_transport;
    std::string m_source;
};

}  // namespace

std::unique_ptr<MlflowStore> mlflow_server(HttpServer server, HttpTransport transport,
                                           std::string source) {
    return std::make_unique<ServerStore>(std::move(server), std::move(transport),
                                         std::move(source));
}

}  // namespace metricgate::sources
