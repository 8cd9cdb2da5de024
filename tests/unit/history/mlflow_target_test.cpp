// What is sent to a tracking server; tests/interop records to a real one.

#include "history/mlflow_target.h"

#include <nlohmann/json.hpp>

#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;
using nlohmann::json;

namespace {

struct Asked {
    std::string path;
    json body;
};

/// A server of one experiment, "known" of id 7, with one run, r1, at step 5 of "a".
struct Server {
    std::vector<Asked> asked;
    std::string refuses;  ///< part of a path that answers 500

    support::Result<history::Appended> append(const std::string& address,
                                              const std::vector<history::NewPoint>& points) {
        sources::HttpServer settings;
        settings.name = "the server";
        return history::append_to_mlflow(
            address, points, settings,
            [this](const sources::HttpRequest& request) { return answer(request); });
    }

    support::Result<sources::HttpAnswer> answer(const sources::HttpRequest& request) {
        const std::string path = request.path.substr(std::string("/api/2.0/mlflow/").size());
        asked.push_back({path, request.body.empty() ? json() : json::parse(request.body)});
        if (!refuses.empty() && path.find(refuses) != std::string::npos) {
            return sources::HttpAnswer{400, R"({"message": "Invalid metric name."})"};
        }
        if (path.starts_with("experiments/get-by-name")) {
            return path.ends_with("=known")
                       ? sources::HttpAnswer{200, R"({"experiment": {"experiment_id": "7"}})"}
                       : sources::HttpAnswer{404, R"({"error_code": "RESOURCE_DOES_NOT_EXIST"})"};
        }
        if (path == "experiments/create") {
            return sources::HttpAnswer{200, R"({"experiment_id": "8"})"};
        }
        if (path == "runs/create") {
            return sources::HttpAnswer{200, R"({"run": {"info": {"run_id": "new"}}})"};
        }
        if (path == "runs/search") {
            const bool known = asked.back().body["filter"] == "attributes.run_name = 'nightly'";
            return sources::HttpAnswer{200,
                                       known ? R"({"runs": [{"info": {"run_id": "r1"}}]})" : "{}"};
        }
        if (path.starts_with("runs/get")) {
            return sources::HttpAnswer{200, R"({"run": {"data": {"metrics":
                [{"key": "a", "value": 1, "step": "5", "timestamp": 1}]}}})"};
        }
        return sources::HttpAnswer{200, "{}"};
    }

    [[nodiscard]] std::string paths() const {
        std::string text;
        for (const Asked& one : asked) {
            text += one.path + "\n";
        }
        return text;
    }
};

}  // namespace

TEST_CASE("Values go to a new run of an experiment, which is finished then") {
    Server server;
    history::NewPoint a = point("a", 0.5, 0, 3);
    a.point.commit = first_commit;
    a.point.data_digest = "xxh3:0123456789abcdef";
    a.point.metadata = {{"model_version", "v7"}, {"data_source", "eval.csv"}};
    const auto done = server.append("mlflow:experiments/new one", {a});
    INFO(why(done));
    REQUIRE(done.ok());
    CHECK(done->added == 1);
    CHECK(server.paths() ==
          "experiments/get-by-name?experiment_name=new%20one\nexperiments/create\nruns/create\n"
          "runs/log-inputs\nruns/log-batch\nruns/update\n");
    CHECK(server.asked[1].body == json({{"name", "new one"}}));
    CHECK(server.asked[2].body == json({{"experiment_id", "8"}, {"start_time", 1767225600000}}));
    CHECK(server.asked[3].body["datasets"][0]["dataset"]["digest"] == "xxh3:0123456789abcdef");
    CHECK(server.asked[3].body["datasets"][0]["dataset"]["name"] == "eval.csv");
    CHECK(server.asked[4].body["metrics"] ==
          json::parse(R"([{"key":"a","value":0.5,"timestamp":1767225600000,"step":3}])"));
    CHECK(server.asked[4].body["tags"].dump().find(first_commit) != std::string::npos);
    CHECK(server.asked[5].body["status"] == "FINISHED");
}

TEST_CASE("A name of a run finds the run that has it, whose steps go forward") {
    Server server;
    history::NewPoint a = point("a", 0.5, 0, 5);
    a.point.metadata["run"] = "nightly";
    const auto done = server.append("mlflow:experiments/known", {a});
    INFO(why(done));
    CHECK(done.ok());
    CHECK(server.paths() ==
          "experiments/get-by-name?experiment_name=known\nruns/search\nruns/get?run_id=r1\n"
          "runs/log-batch\n");
    CHECK(server.append("mlflow:runs/r1", {point("a", 1, 0, 6)}).ok());
    server.asked.clear();
    const auto back = server.append("mlflow:runs/r1", {point("a", 1, 0, 4)});
    CHECK_THAT(why(back), Catch::Contains("goes backwards"));
    CHECK(server.paths() == "runs/get?run_id=r1\n");
}

TEST_CASE("A run that could not be written whole is deleted again") {
    Server server;
    server.refuses = GENERATE("log-batch", "runs/update");
    const auto done = server.append("mlflow:experiments/known", {point("a", 1)});
    CHECK_THAT(why(done), Catch::Contains("Invalid metric name"));
    CHECK(server.asked.back().path == "runs/delete");
    CHECK(server.asked.back().body == json({{"run_id", "new"}}));
}

TEST_CASE("More values than a request holds go to a new run only") {
    Server server;
    std::vector<history::NewPoint> many;
    for (int i = 0; i < 1001; ++i) {
        many.push_back(point("b", i, i, i));
    }
    REQUIRE(server.append("mlflow:experiments/known", many).ok());
    std::size_t sent = 0;
    for (const Asked& one : server.asked) {
        sent += one.path == "runs/log-batch" ? one.body["metrics"].size() : 0;
    }
    CHECK(sent == 1001);
    server.asked.clear();
    CHECK_THAT(why(server.append("mlflow:runs/r1", many)), Catch::Contains("at most 1,000 values"));
    CHECK(server.asked.empty());
}

TEST_CASE("What cannot be recorded to is refused before anything is sent") {
    Server server;
    for (const char* address :
         {"mlflow:models/m@a", "mlflow:nothing/x", "mlflow:experiments/x?filter=tags.a = 'b'"}) {
        CHECK_FALSE(server.append(address, {point("a", 1)}).ok());
    }
    history::NewPoint bad = point("a", 1);
    bad.point.value.kind = support::NumberKind::not_a_number;
    CHECK_FALSE(server.append("mlflow:experiments/known", {bad}).ok());
    CHECK(server.asked.empty());
}
