#include "history/catalog.h"
#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;

namespace {

/// A run of a file store; `started` counts milliseconds.
void put_run(std::map<std::string, std::string>& files, char letter, int started, int status,
             const std::string& values) {
    const std::string id(32, letter);
    const std::string folder = "/repo/mlruns/7/" + id + "/";
    files[folder + "meta.yaml"] =
        "run_id: " + id + "\nrun_name: run-" + letter +
        "\nexperiment_id: '7'\nlifecycle_stage: active\nstatus: " + std::to_string(status) +
        "\nstart_time: " + std::to_string(started) + "\n";
    files[folder + "metrics/acc"] = values;
}

support::Result<history::Histories> read(std::map<std::string, std::string> contents,
                                         const std::vector<std::string>& metrics,
                                         std::optional<std::uint64_t> window,
                                         const std::string& address = "experiments/churn") {
    const auto files = support::in_memory(contents);
    history::Request request;
    request.address = address;
    request.metrics = metrics;
    request.window = window;
    request.files = files.get();
    request.variable = [](std::string_view name) {
        return name == "MLFLOW_TRACKING_URI" ? std::optional<std::string>("mlruns") : std::nullopt;
    };
    return history::source_of("mlflow")->read(request);
}

std::map<std::string, std::string> store() {
    std::map<std::string, std::string> files = {
        {"/repo/mlruns/7/meta.yaml", "experiment_id: '7'\nname: churn\nlifecycle_stage: active\n"}};
    put_run(files, 'c', 30'000, 3, "31000 0.7 2\n30000 0.9 1\n");
    put_run(files, 'a', 10'000, 3, "10000 0.5 0\n");
    put_run(files, 'b', 20'000, 3, "20000 0.6 0\n");
    put_run(files, 'd', 40'000, 4, "40000 0.1 0\n");
    files["/repo/mlruns/7/" + std::string(32, 'b') + "/tags/mlflow.source.git.commit"] =
        first_commit;
    return files;
}

}  // namespace

TEST_CASE("A run of an experiment is a point of its history, by the start of the runs") {
    const auto found = read(store(), {}, std::nullopt);
    INFO(why(found));
    REQUIRE(found.ok());
    CHECK(found->source == "mlflow:experiments/churn");
    REQUIRE(found->histories.size() == 1);
    const auto& points = found->histories[0].points;
    REQUIRE(points.size() == 3);
    CHECK(points[0].value.value == 0.5);
    CHECK(points[1].value.value == 0.6);
    CHECK(points[1].commit == first_commit);
    CHECK(points[1].key == "run-b");
    CHECK(points[1].time == 20);
    CHECK(points[1].metadata.at("run") == std::string(32, 'b'));
    CHECK(points[2].value.value == 0.7);  // the current value: of the greatest step
    CHECK(points[2].step == 2);
    CHECK(found->notes ==
          std::vector<std::string>{
              "1 run that failed or still runs is left out of mlflow:experiments/churn."});
    CHECK_FALSE(found->files.empty());
}

TEST_CASE("A window takes the last runs that count") {
    const auto found = read(store(), {"acc"}, 2);
    REQUIRE(found.ok());
    REQUIRE(found->histories[0].points.size() == 2);
    CHECK(found->histories[0].points[0].value.value == 0.6);
    CHECK(found->histories[0].points[1].value.value == 0.7);
}

TEST_CASE("What an experiment has not is a problem") {
    CHECK_THAT(why(read(store(), {"acd"}, 5)),
               Catch::Contains("holds no metric 'acd' (did you mean 'acc'?)"));
    CHECK_THAT(why(read(store(), {}, 5, "experiments/none")), Catch::Contains("no experiment"));
    CHECK_THAT(why(read(store(), {}, 5, "runs/" + std::string(32, 'a'))),
               Catch::Contains("names no experiment"));
    auto broken = store();
    broken["/repo/mlruns/7/" + std::string(32, 'a') + "/metrics/acc"] = "10000 0.";
    CHECK_FALSE(read(broken, {"acc"}, std::nullopt).ok());
}
