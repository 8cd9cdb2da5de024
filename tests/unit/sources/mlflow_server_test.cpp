#include "sources/mlflow_server.h"
#include "recording_text.h"

using namespace reading;
using metricgate::sources::HttpAnswer;
using metricgate::sources::HttpRequest;
using metricgate::sources::HttpServer;
using metricgate::sources::MlflowRun;
using metricgate::sources::MlflowStore;
using metricgate::sources::run_of;

namespace {

/// A server of canned answers, by the beginning of the path.
std::unique_ptr<MlflowStore> server(std::map<std::string, HttpAnswer> answers,
                                    std::vector<HttpRequest>* asked = nullptr) {
    HttpServer settings;
    settings.name = "the server of MLFLOW_TRACKING_URI";
    settings.token = "s3cret-token";
    return metricgate::sources::mlflow_server(
        settings,
        [answers = std::move(answers), asked](const HttpRequest& request) -> Result<HttpAnswer> {
            if (asked != nullptr) {
                asked->push_back(request);
            }
            const HttpAnswer* best = nullptr;
            std::size_t length = 0;
            for (const auto& [prefix, answer] : answers) {
                const std::string path = "/api/2.0/mlflow/" + prefix;
                if (request.path.starts_with(path) && path.size() > length) {
                    best = &answer;
                    length = path.size();
                }
            }
            return best != nullptr ? *best : HttpAnswer{404, R"({"message": "not here"})"};
        },
        "mlflow:runs/abc");
}

HttpAnswer good(std::string body) {
    return {200, std::move(body)};
}

const HttpAnswer run_answer = good(R"({"run": {"info": {"run_id": "abc", "run_name": "calm",
    "status": "FINISHED", "lifecycle_stage": "active", "experiment_id": "1", "start_time": "7"},
    "data": {"metrics": [{"key": "a/b", "value": 0.75, "timestamp": "20", "step": "2"}],
             "params": [{"key": "lr", "value": "0.1"}], "tags": [{"key": "team", "value": "x"}]},
    "inputs": {"dataset_inputs": [{"dataset": {"name": "evalset", "digest": "fbc"}}]}}})");

HttpAnswer page(const std::string& points, const std::string& token = "") {
    return good("{\"metrics\": [" + points + "]" +
                (token.empty() ? "" : ", \"next_page_token\": \"" + token + "\"") + "}");
}

const std::string first = R"({"key": "a/b", "value": "NaN", "timestamp": 10, "step": 1})";
const std::string second = R"({"key": "a/b", "value": 0.75, "timestamp": "20", "step": "2"})";

}  // namespace

TEST_CASE("mlflow server: numbers stand as numbers or as text, and NaN as text", "[sources]") {
    auto run =
        server({{"runs/get", run_answer}, {"metrics/get-history", page(first + "," + second)}})
            ->run("abc");
    REQUIRE(problems_of(run) == "");
    const Run read = run_of(std::move(run).value());
    CHECK(points_of(read, "a/b") == "1:nan 2:0.75");
    CHECK(read.metadata.at("params.lr") == "0.1");
    CHECK(read.metadata.at("tags.team") == "x");
    CHECK(read.metadata.at("datasets.evalset") == "fbc");
    CHECK(read.moments.front().data_digest == "fbc");
    CHECK_FALSE(read.refused);
}

TEST_CASE("mlflow server: current values cost one question", "[sources]") {
    std::vector<HttpRequest> asked;
    const auto run = server({{"runs/get", run_answer}}, &asked)->current_values("abc");
    REQUIRE(problems_of(run) == "");
    CHECK(run->latest.at("a/b").value.value == 0.75);
    CHECK(run->metrics.empty());
    CHECK(asked.size() == 1);
}

TEST_CASE("mlflow server: all pages of a history are read", "[sources]") {
    std::vector<HttpRequest> asked;
    auto run = server({{"runs/get", run_answer},
                       {"metrics/get-history?run_id=abc&metric_key=a%2Fb&max_results=25000",
                        page(first, "t/1")},
                       {"metrics/get-history?run_id=abc&metric_key=a%2Fb&max_results=25000&"
                        "page_token=t%2F1",
                        page(second)}},
                      &asked)
                   ->run("abc");
    REQUIRE(problems_of(run) == "");
    CHECK(points_of(run_of(std::move(run).value()), "a/b") == "1:nan 2:0.75");
    CHECK(asked.size() == 3);
}

TEST_CASE("mlflow server: a page that does not come is a problem, never a short history",
          "[sources]") {
    const auto failing = [](HttpAnswer answer) {
        return problems_of(
            server({{"runs/get", run_answer},
                    {"metrics/get-history?run_id=abc&metric_key=a%2Fb&max_results=25000",
                     page(first + "," + second, "t")},
                    {"metrics/get-history?run_id=abc&metric_key=a%2Fb&max_results=25000&page_token",
                     std::move(answer)}})
                ->run("abc"));
    };
    CHECK_THAT(failing({500, ""}), has("does not give the history of 'a/b' (status 500)"));
    CHECK_THAT(failing(good("<html>")), has("gives no JSON object for the history"));
    CHECK_THAT(failing(page(second, "t")), has("the same page of the history of 'a/b' again"));
    CHECK_THAT(failing(page(R"({"key": "other", "value": 1, "timestamp": 1, "step": 1})")),
               has("answers otherwise than MLflow does"));
}

TEST_CASE("mlflow server: a history without the run's latest value is a flaw", "[sources]") {
    auto run = server({{"runs/get", run_answer}, {"metrics/get-history", page(first)}})->run("abc");
    REQUIRE(problems_of(run) == "");
    CHECK_THAT(value_of_entry(run_of(std::move(run).value()), "a/b"), has("flaw:"));
}

TEST_CASE("mlflow server: digests come from the run's logged models, values do not", "[sources]") {
    std::string with_model = run_answer.body;
    with_model.replace(with_model.find("\"dataset_inputs\""), 0,
                       "\"model_inputs\": [{\"model_id\": \"m-1\"}], ");
    auto run = server({{"runs/get", good(with_model)},
                       {"metrics/get-history", page(first + "," + second)},
                       {"logged-models/m-1", good(R"({"model": {"data": {"metrics": [
                          {"key": "a/b", "value": 0, "timestamp": 10, "step": 1, "run_id": "abc",
                           "dataset_digest": "d1"},
                          {"key": "a/b", "value": 0.1, "timestamp": 20, "step": 2, "run_id": "other",
                           "dataset_digest": "d2"}]}}})")}})
                   ->run("abc");
    REQUIRE(problems_of(run) == "");
    const Run read = run_of(std::move(run).value());
    CHECK(points_of(read, "a/b") == "1:nan 2:0.75");
    CHECK(read.series.front().conditions.at("dataset_digest") == "d1");
}

TEST_CASE("mlflow server: refusals say what to set, and never repeat a secret", "[sources]") {
    const auto refused =
        server({{"runs/get", {401, R"({"message": "no access with s3cret-token here"})"}}})
            ->run("abc");
    CHECK_THAT(problems_of(refused), has("status 401): no access with *** here"));
    CHECK_THAT(problems_of(refused), has("set MLFLOW_TRACKING_TOKEN"));
    CHECK(problems_of(refused).find("s3cret") == std::string::npos);
    CHECK_THAT(problems_of(server({{"runs/get", {302, ""}}})->run("abc")),
               has("is not followed there with credentials"));
    CHECK_THAT(problems_of(server({})->run("abc")), has("(status 404): not here"));
}

TEST_CASE("mlflow server: aliases, versions and the latest run of an experiment", "[sources]") {
    std::vector<HttpRequest> asked;
    const auto store =
        server({{"registered-models/alias?name=my%20model&alias=champion",
                 good(R"({"model_version": {"version": "3"}})")},
                {"model-versions/get?name=my%20model&version=3",
                 good(R"({"model_version": {"run_id": "abc"}})")},
                {"model-versions/get?name=my%20model&version=4",
                 good(R"({"model_version": {"run_id": "", "source": "models:/m-1"}})")},
                {"model-versions/get?name=my%20model&version=5", good(R"({"model_version": {}})")},
                {"logged-models/m-1", good(R"({"model": {"info": {"source_run_id": "def"}}})")},
                {"experiments/get-by-name", good(R"({"experiment": {"experiment_id": "7"}})")},
                {"runs/search", good(R"({"runs": [{"info": {"run_id": "last"}}]})")}},
               &asked);
    CHECK(store->version_of("my model", "champion").value() == "3");
    CHECK(store->run_of_version("my model", "3").value() == "abc");
    CHECK(store->run_of_version("my model", "4").value() == "def");
    CHECK_THAT(problems_of(store->run_of_version("my model", "5")), has("names no run"));
    CHECK_THAT(problems_of(store->version_of("other", "x")),
               has("a server without aliases takes models/NAME/VERSION"));
    CHECK(store->latest_run("exp", {{"a\"b", true, "c"}}).value() == "last");
    CHECK(
        asked.back().body ==
        R"({"experiment_ids": ["7"], "filter": "tags.`a\"b` = 'c'", "run_view_type": "ACTIVE_ONLY", )"
        R"("max_results": 1, "order_by": ["attributes.start_time DESC"]})");
    // All pages of all runs; a page that comes again is a problem, never the end.
    const auto all =
        server({{"experiments/get-by-name", good(R"({"experiment": {"experiment_id": "7"}})")},
                {"runs/search", good(R"({"runs": [{"info": {"run_id": "b"}}, )"
                                     R"({"info": {"run_id": "a"}}]})")}});
    CHECK(all->runs_in("exp", {}).value() == std::vector<std::string>{"b", "a"});
    const auto again =
        server({{"experiments/get-by-name", good(R"({"experiment": {"experiment_id": "7"}})")},
                {"runs/search", good(R"({"runs": [{"info": {"run_id": "b"}}], )"
                                     R"("next_page_token": "t"})")}});
    CHECK_FALSE(again->runs_in("exp", {}).ok());
    CHECK(again->latest_run("exp", {}).value() == "b");
    const auto empty =
        server({{"experiments/get-by-name", good(R"({"experiment": {"experiment_id": "7"}})")},
                {"runs/search", good("{}")}});
    CHECK_THAT(problems_of(empty->latest_run("exp", {})),
               has("no run of experiment 'exp' is there"));
}
