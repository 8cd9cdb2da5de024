#include <filesystem>

#include "cut_everywhere.h"
#include "recording_text.h"
#include "sources/mlflow_folder.h"
#include "sources/mlflow_metric_lines.h"

using namespace reading;
using metricgate::sources::mlflow_folder;
using metricgate::sources::mlflow_metric_lines;
using metricgate::sources::read_mlflow_folder;
using metricgate::sources::recognises_mlflow_folder;
using metricgate::sources::tree_of;

namespace {

using Files = std::map<std::string, std::string>;

const std::string id = "6e6280f331a94bf388fa9d0de0ecee99";

Document folder(Files files) {
    return {tree_of(std::move(files)), "mlruns"};
}

std::string meta(const std::string& more = "status: 3\n") {
    return "experiment_id: '1'\nlifecycle_stage: active\nrun_id: " + id +
           "\nrun_name: calm\nstart_time: 5\n" + more;
}

/// A store with one run that has these files.
Files store(const Files& of_run) {
    Files files = {{"1/meta.yaml", "experiment_id: '1'\nname: exp\nlifecycle_stage: active\n"},
                   {"1/" + id + "/meta.yaml", meta()}};
    for (const auto& [name, content] : of_run) {
        files["1/" + id + "/" + name] = content;
    }
    return files;
}

Result<Recording> read(const Files& files) {
    return read_mlflow_folder(folder(files));
}

/// The folder of tests/data with file stores of real projects.
Files real() {
    const std::filesystem::path root = metricgate::test::data_folder() + "/data/mlflow/mlruns";
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) {
            const std::string name = entry.path().lexically_relative(root).string();
            files[name] = data_file("mlflow/mlruns/" + name);
        }
    }
    return files;
}

std::string points_in(const std::string& lines) {
    const auto points = mlflow_metric_lines(lines, "m");
    std::string text = problems_of(points);
    for (const auto& point :
         points.ok() ? *points : std::vector<metricgate::sources::MlflowPoint>{}) {
        text += std::to_string(point.timestamp) + "/" + std::to_string(point.step) + ":" +
                shown(point.value) + point.digest + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("mlflow_folder: real stores give their runs, one of them without a metric", "[sources]") {
    CHECK(recognises_mlflow_folder(folder(real())));
    const auto recording = read(real());
    REQUIRE(problems_of(recording) == "");
    CHECK(recording->runs.size() == 3);
    const Run& run = run_called(recording, id);
    CHECK(points_of(run, "r2") == "0:-0.05493814470533365");
    CHECK(points_of(run, "mae") == "0:0.21757945918512583");
    CHECK(run.metadata.at("params.alpha") == "0.5");
    CHECK(run.metadata.at("experiment") == "Default");
    CHECK(run_called(recording, "traveling-elk-143").series.empty());
    const auto& formats = metricgate::sources::metric_formats();
    CHECK(std::any_of(formats.begin(), formats.end(),
                      [](const auto& format) { return format.name == "mlflow_folder"; }));
}

TEST_CASE("mlflow_folder: a store, what holds it, an experiment and a run are all read",
          "[sources]") {
    const Files whole = store({{"metrics/acc", "1 0.5 0\n"}});
    const auto under = [&](std::string_view cut, const std::string& put) {
        Files files;
        for (const auto& [name, content] : whole) {
            if (name.starts_with(cut)) {
                files[put + name.substr(cut.size())] = content;
            }
        }
        return files;
    };
    for (const Files& files :
         {whole, under("", "mlruns/"), under("1/", ""), under("1/" + id + "/", "")}) {
        CHECK(recognises_mlflow_folder(folder(files)));
        CHECK(points_of(run_called(read(files), "calm"), "acc") == "0:0.5");
    }
    CHECK_FALSE(recognises_mlflow_folder(folder({{"1/meta.yaml", "name: exp\n"}})));
}

TEST_CASE("mlflow_folder: what lies beside runs is no run", "[sources]") {
    for (const char* other : {".trash/1/", "models/", "1/datasets/", "1/models/", "1/traces/"}) {
        CHECK_FALSE(recognises_mlflow_folder(folder({{other + id + "/meta.yaml", meta()}})));
    }
}

TEST_CASE("mlflow_folder: a run that lies in two folders is read from neither", "[sources]") {
    Files twice = store({{"metrics/acc", "1 0.5 0\n"}});
    for (const auto& [name, content] : store({{"metrics/acc", "1 0.9 0\n"}})) {
        twice["1/copy/" + name] = content;
    }
    const std::string said = "mlruns: holds run '" + id + "' twice, in '1/" + id +
                             "/' and '1/copy/1/" + id + "/'; move the copy out of the store\n";
    CHECK(problems_of(read(twice)) == said);
    CHECK(problems_of(mlflow_folder(tree_of(twice), "mlruns")->run(id)) == said);
}

TEST_CASE("mlflow_folder: a slash in the name of a metric is a folder", "[sources]") {
    const auto recording = read(store({{"metrics/val/top 5", "1 0.5 0\n"}, {"params/a/b", "x"}}));
    CHECK(points_of(run_called(recording, "calm"), "val/top 5") == "0:0.5");
    CHECK(run_called(recording, "calm").metadata.at("params.a/b") == "x");
}

TEST_CASE("mlflow_folder: lines hold a time, a value and perhaps a step and a data set",
          "[sources]") {
    CHECK(points_in("7 0.5 3\n") == "7/3:0.5 ");
    CHECK(points_in("7 0.5\n") == "7/0:0.5 ");
    CHECK(points_in("7 nan 1\n7 -inf 2\r\n7 1e-05 3\n") == "7/1:nan 7/2:-inf 7/3:0.00001 ");
    CHECK(points_in("7 0.5 3 evalset fbc06655\n") == "7/3:0.5fbc06655 ");
    CHECK(points_in("7 0.5 3 a set fbc06655\n") == "7/3:0.5fbc06655 ");
}

TEST_CASE("mlflow_folder: other lines, and lines without an end, are problems at their place",
          "[sources]") {
    CHECK_THAT(points_in("7 0.5 3\n7  0.5 3\n"), has("m:2:1: found '7  0.5 3', wanted a time"));
    CHECK_THAT(points_in("7 0,5 3\n"), has("m:1:1: found '7 0,5 3'"));
    CHECK_THAT(points_in("7 0.5 3 x\n"), has("m:1:1: found"));
    CHECK_THAT(points_in("7 0.5 3\n7 0.9"), has("m:2:1: the line has no line end"));
    CHECK_THAT(points_in(""), has("the file is empty"));
}

TEST_CASE("mlflow_folder: a metric that cannot be read is a flaw of it alone", "[sources]") {
    const auto recording =
        read(store({{"metrics/acc", "1 0.5 0\n"}, {"metrics/loss", "1 0.25 0\n2 0.2"}}));
    const Run& run = run_called(recording, "calm");
    CHECK(points_of(run, "acc") == "0:0.5");
    CHECK_THAT(value_of_entry(run, "loss"), has("metrics/loss:2:1: the line has no line end"));
}

TEST_CASE("mlflow_folder: bytes that are no text are made visible", "[sources]") {
    const auto recording = read(store({{"metrics/a\xff", "1 0.5 0\n"}, {"params/p", "\xc3("}}));
    const Run& run = run_called(recording, "calm");
    CHECK(points_of(run, "a\\xff") == "0:0.5");
    CHECK(run.metadata.at("params.p") == "\\xc3(");
}

TEST_CASE("mlflow_folder: the digest of a data set is a condition, a data set is metadata",
          "[sources]") {
    Files files = store({{"metrics/acc", "1 0.5 0 evalset fbc06655\n"},
                         {"inputs/x/meta.yaml", "source_type: DATASET\nsource_id: d1\n"}});
    files["1/datasets/d1/meta.yaml"] = "name: evalset\ndigest: fbc06655\n";
    const auto recording = read(files);
    const Run& run = run_called(recording, "calm");
    REQUIRE(run.series.size() == 1);
    CHECK(run.series[0].conditions.at("dataset_digest") == "fbc06655");
    CHECK(run.metadata.at("datasets.evalset") == "fbc06655");
}

TEST_CASE("mlflow_folder: the status is a number, and a run without one still runs", "[sources]") {
    const std::string name = "1/" + id + "/meta.yaml";
    for (const auto& [more, refusal] :
         std::map<std::string, std::string>{{"", "is RUNNING"},
                                            {"status: 1\n", "is RUNNING"},
                                            {"status: 2\n", "is SCHEDULED"},
                                            {"status: 4\n", "ended as FAILED"},
                                            {"status: 5\n", "ended as KILLED"},
                                            {"status: 9\n", "has the status ''"}}) {
        Files files = store({});
        files[name] = meta(more);
        const auto recording = read(files);
        CHECK_THAT(run_called(recording, "calm").refused->message, has(refusal));
    }
}

TEST_CASE("mlflow_folder: a run that is called otherwise than its folder is a problem",
          "[sources]") {
    Files files = store({});
    files["1/00000000000000000000000000000000/meta.yaml"] = meta();
    CHECK_THAT(problems_of(read(files)), has("which is not what its folder is called"));
}

TEST_CASE("mlflow_folder: a run without meta.yaml is a problem that names its folder",
          "[sources]") {
    const std::string lost = "00000000000000000000000000000000";
    Files files = store({{"metrics/acc", "1 0.5 0\n"}});
    files["1/" + lost + "/metrics/acc"] = "1 0.25 0\n";
    CHECK_THAT(problems_of(read(files)),
               has("mlruns/1/" + lost + ": is the folder of a run without its meta.yaml"));
    // By an address the other run is read, and the lost one is never the older or the newer one.
    const auto opened = mlflow_folder(tree_of(files), "mlflow:x");
    CHECK(opened->run(id)->name == "calm");
    CHECK_THAT(problems_of(opened->run(lost)), has("without its meta.yaml"));
    CHECK_THAT(problems_of(opened->latest_run("exp", {})), has("mlflow:x/1/" + lost + ": is"));
}

TEST_CASE(
    "mlflow_folder: a run that lacks meta.yaml is told by MLflow's own tags, alone or in a "
    "store",
    "[sources]") {
    for (const std::string& at : {std::string(), id + "/", "1/" + id + "/"}) {
        const Document document =
            folder({{at + "tags/mlflow.runName", "calm"}, {at + "metrics/acc", "1 0.5 0\n"}});
        CHECK(recognises_mlflow_folder(document));
        CHECK_THAT(problems_of(read_mlflow_folder(document)), has("without its meta.yaml"));
        CHECK_FALSE(recognises_mlflow_folder(folder({{at + "metrics/acc", "1 0.5 0\n"}})));
    }
}

TEST_CASE("mlflow_folder: what stores hold beside their runs needs no meta.yaml", "[sources]") {
    const std::string other = "ffffffffffffffffffffffffffffffff";
    Files files = store({{"metrics/acc", "1 0.5 0\n"}, {"artifacts/" + other + "/tags/x", "1"}});
    // A SQL store keeps its artifacts under mlruns; deleted experiments go to .trash.
    files["2/" + other + "/artifacts/model.pkl"] = "x";
    files[".trash/3/" + other + "/metrics/acc"] = "1 0.5 0\n";
    files["1/models/m-" + other + "/metrics/acc"] = "1 0.5 0\n";
    files["1/traces/" + other + "/tags/x"] = "1";
    files["1/tags/team"] = "a";
    const auto recording = read(files);
    REQUIRE(problems_of(recording) == "");
    CHECK(recording->runs.size() == 1);
}

TEST_CASE("mlflow_folder: a cut metric is whole lines, a flaw, or a problem", "[sources]") {
    const std::string lines = "1700000000000 0.75 1\n1700000000001 0.5 2\n";
    const auto accepted = accepted_cuts(
        lines, [](const std::string& part) { return mlflow_metric_lines(part, "m").ok(); });
    CHECK(accepted == std::vector<std::size_t>{21});
    // meta.yaml is written whole: without its last line end it is refused.
    const auto cut_meta = accepted_cuts(meta(), [](const std::string& part) {
        Files files = store({{"metrics/acc", "1 0.5 0\n"}});
        files["1/" + id + "/meta.yaml"] = part;
        const auto recording = read(files);
        return recording.ok() && !recording->runs.front().refused;
    });
    CHECK(cut_meta.empty());
}

TEST_CASE("mlflow_folder: models lead to runs, and the last started run to an experiment",
          "[sources]") {
    const std::string other = "ffffffffffffffffffffffffffffffff";
    Files files = store({{"tags/team", "a"}});
    files["1/" + other + "/meta.yaml"] = "run_id: " + other + "\nstart_time: 9\nstatus: 4\n";
    files["models/M/aliases/champion"] = "2\n";
    files["models/M/version-2/meta.yaml"] = "run_id: " + id + "\n";
    files["models/M/version-3/meta.yaml"] = "run_id: null\nmodel_id: null\n";
    const auto opened = mlflow_folder(tree_of(files), "mlflow:x");
    CHECK(opened->version_of("M", "champion").value() == "2");
    CHECK(opened->run_of_version("M", "2").value() == id);
    CHECK_THAT(problems_of(opened->version_of("M", "x")), has("no model 'M' with the alias 'x'"));
    CHECK_THAT(problems_of(opened->run_of_version("M", "3")), has("names no run"));
    CHECK_THAT(problems_of(opened->run_of_version("M", "4")), has("no version 4"));
    // The last one failed: it is named all the same, so that nothing older is judged in silence.
    CHECK(opened->latest_run("exp", {}).value() == other);
    CHECK(opened->latest_run("exp", {{"team", true, "a"}}).value() == id);
    CHECK_THAT(problems_of(opened->latest_run("exp", {{"team", false, "a"}})),
               has("satisfies tags.`team` != 'a'"));
    CHECK_THAT(problems_of(opened->latest_run("none", {})), has("no experiment 'none'"));
    CHECK_THAT(problems_of(opened->run("none")), has("no run 'none'"));
}
