#include "sources/mlflow_tracker.h"
#include "recording_text.h"
#include "sources/prometheus_tracker.h"
#include "sources/tracker.h"

using namespace reading;
using metricgate::sources::fetch_from_mlflow;
using metricgate::sources::TrackerEnvironment;

namespace {

/// Fetches with these variables; files are in memory.
Result<Recording> fetch(const std::string& address, std::map<std::string, std::string> variables,
                        std::map<std::string, std::string> contents = {}) {
    const auto files = metricgate::support::in_memory(contents);
    TrackerEnvironment environment;
    environment.files = files.get();
    environment.variable = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    auto fetched = fetch_from_mlflow(address, environment);
    return fetched.ok() ? Result<Recording>(std::move(fetched->recording)) : fetched.problems();
}

const std::string id = "6e6280f331a94bf388fa9d0de0ecee99";

}  // namespace

TEST_CASE("trackers are found by their scheme", "[sources]") {
    for (const std::string scheme : {"mlflow:", "prometheus:"}) {
        const auto* tracker = metricgate::sources::tracker_of(scheme + "x");
        REQUIRE(tracker != nullptr);
        CHECK(tracker->scheme == scheme.substr(0, scheme.size() - 1));
        CHECK(metricgate::sources::tracker_of(tracker->scheme) == nullptr);
    }
    CHECK(metricgate::sources::tracker_of("wandb:x") == nullptr);
}

TEST_CASE("the store must be named, and must be one of those that are read", "[sources]") {
    CHECK_THAT(problems_of(fetch("runs/" + id, {})), has("MLFLOW_TRACKING_URI is not set"));
    const std::string other = problems_of(
        fetch("runs/" + id, {{"MLFLOW_TRACKING_URI", "postgresql://u:secret@host/db"}}));
    CHECK_THAT(other, has("MLFLOW_TRACKING_URI: names a store of another kind"));
    CHECK(other.find("secret") == std::string::npos);
    CHECK_THAT(problems_of(fetch("runs/" + id, {{"MLFLOW_TRACKING_URI", "databricks"}})),
               has("for Databricks set https://HOST"));
    CHECK_THAT(problems_of(fetch("runs/" + id, {{"MLFLOW_TRACKING_URI", "sqlite:///no.db"}})),
               has("names a database that does not exist"));
    CHECK_THAT(problems_of(fetch("runs/" + id, {{"MLFLOW_TRACKING_URI", "no"}})),
               has("cannot be listed"));
}

TEST_CASE("a folder is read by its path, by file: and by file://", "[sources]") {
    const std::map<std::string, std::string> files = {
        {"/repo/ml runs/1/" + id + "/meta.yaml", "run_id: " + id + "\nstatus: 3\n"},
        {"/repo/ml runs/1/" + id + "/metrics/acc", "1 0.5 0\n"},
        {"/repo/ml runs/models/M/version-2/meta.yaml", "run_id: " + id + "\n"},
        {"/repo/ml runs/models/M/aliases/best", "2"}};
    for (const char* uri :
         {"ml runs", "/repo/ml runs", "file:ml%20runs", "file:///repo/ml%20runs"}) {
        const auto recording = fetch("models/M@best", {{"MLFLOW_TRACKING_URI", uri}}, files);
        const Run& run = run_called(recording, "");
        CHECK(points_of(run, "acc") == "0:0.5");
        CHECK(recording->source == "mlflow:models/M@best");
        CHECK(run.metadata.at("model") == "M");
        CHECK(run.metadata.at("model_version") == "2");
        CHECK(run.metadata.at("model_alias") == "best");
    }
}

TEST_CASE("a folder's store names every file in it, also those of other runs", "[sources]") {
    std::map<std::string, std::string> contents = {
        {"/repo/runs/1/" + id + "/meta.yaml", "run_id: " + id + "\nstatus: 3\n"},
        {"/repo/runs/1/" + id + "/metrics/acc", "1 0.5 0\n"},
        {"/repo/runs/models/M/aliases/best", "2"}};
    const auto files = metricgate::support::in_memory(contents);
    TrackerEnvironment environment;
    environment.files = files.get();
    environment.variable = [](std::string_view name) {
        return name == "MLFLOW_TRACKING_URI" ? std::optional<std::string>("runs") : std::nullopt;
    };
    const auto fetched = fetch_from_mlflow("runs/" + id, environment);
    REQUIRE(problems_of(fetched) == "");
    CHECK(fetched->files == std::vector<std::string>{"runs/1/" + id + "/meta.yaml",
                                                     "runs/1/" + id + "/metrics/acc",
                                                     "runs/models/M/aliases/best"});
}

TEST_CASE("a database is read under SQLite's own locks", "[sources]") {
    const std::string path = metricgate::test::data_folder() + "/data/mlflow/store-3.17.2.db";
    const auto files = metricgate::support::disk();
    TrackerEnvironment environment;
    environment.files = files.get();
    environment.variable = [&](std::string_view name) -> std::optional<std::string> {
        return name == "MLFLOW_TRACKING_URI" ? std::optional("sqlite:///" + path) : std::nullopt;
    };
    const auto read = [&](const std::string& address) {
        auto fetched = fetch_from_mlflow(address, environment);
        return fetched.ok() ? Result<Recording>(std::move(fetched->recording)) : fetched.problems();
    };
    // What SQLite keeps beside it belongs to it, whether it is there or not.
    CHECK(fetch_from_mlflow("models/model A@champion", environment)->files ==
          std::vector<std::string>{path, path + "-wal", path + "-shm", path + "-journal"});
    CHECK(points_of(run_called(read("models/model A@champion"), ""), "val/acc") ==
          "0:0.5 2:0.7 5:0.9");
    CHECK(run_called(read("models/model A/1"), "").name == "good");
    CHECK(run_called(read("experiments/demo/exp 1"), "").name == "lm");
    CHECK(run_called(read("experiments/demo/exp 1?filter=tags.team = \"x'y\""), "").name == "good");
    CHECK_THAT(problems_of(read("experiments/demo/exp 1?filter=tags.team != \"x'y\"")),
               has("no run of experiment 'demo/exp 1' satisfies"));
    CHECK_THAT(problems_of(read("models/model A@x")), has("with the alias 'x'"));
    CHECK_THAT(problems_of(read("models/model A/9")), has("no version 9"));
    CHECK_THAT(problems_of(read("runs/9")), has("there is no run '9'"));
    CHECK_THAT(problems_of(read("experiments/x")), has("no experiment 'x'"));
}
