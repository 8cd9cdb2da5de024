#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "dvc";

std::string problem(std::map<std::string, std::string> files) {
    return problems_of(read(name, folder(std::move(files))));
}

}  // namespace

TEST_CASE("dvc: the one metrics file that dvc.yaml lists gives its names as they are",
          "[sources]") {
    const Run found = run(
        name, folder({{"dvc.yaml", data("experiment_tools/dvc.yaml")},
                      {"dvclive/metrics.json", data("experiment_tools/dvclive/metrics.json")}}));
    CHECK(value(found, "train.loss") == 0.3333333333333333);
    CHECK_THAT(flaw(found, "note"), has("the text 'text'"));
}

TEST_CASE(
    "dvc: metrics of stages are found below their folder, and several files are told apart by path",
    "[sources]") {
    const Run found = run(name, folder({{"dvc.yaml", R"(stages:
  train:
    cmd: python train.py
    wdir: model
    metrics:
    - ../out/train.json:
        cache: false
  each:
    foreach: [a, b]
    do:
      cmd: x
      metrics: [out/eval.yaml]
metrics: [./out/train.json]
)"},
                                        {"out/train.json", R"({"loss": 0.5})"},
                                        {"out/eval.yaml", "acc: 0.9\nbest: {f1: 0.8}\n"}}));
    CHECK(names(found) ==
          Texts{"out/eval.yaml:acc", "out/eval.yaml:best.f1", "out/train.json:loss"});
    CHECK(value(found, "out/eval.yaml:best.f1") == 0.8);
}

TEST_CASE(
    "dvc: a file that is listed and absent, or outside, or named by a variable is an error with "
    "its place",
    "[sources]") {
    CHECK_THAT(problem({{"dvc.yaml", "metrics:\n- m.json\n"}}),
               has("log/dvc.yaml:2:3: the metrics file 'm.json' is not there; run `dvc pull`"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics:\n- ../m.json\n"}}), has("lies outside the project"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics:\n- /m.json\n"}}), has("lies outside the project"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics:\n- \"${dir}/m.json\"\n"}}),
               has("a name with a variable"));
    CHECK_THAT(problem({{"dvc.yaml", "stages: {}\n"}}), has("no metrics file is listed"));
}

TEST_CASE("dvc: files that are no JSON or YAML, or cut, are refused with their name", "[sources]") {
    CHECK_THAT(problem({{"dvc.yaml", "metrics: [m.toml]\n"}, {"m.toml", "a = 1\n"}}),
               has("log/m.toml: metrics files in JSON and YAML are read"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics: [m.yaml]\n"}, {"m.yaml", "acc: 0.9"}}),
               has("log/m.yaml: the last line has no line end"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics: [m.json]\n"}, {"m.json", R"({"acc": 0.9)"}}),
               has("log/m.json:1:"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics: [m.json]\n"}, {"m.json", "[1]"}}),
               has("log/m.json:1:1: found a list"));
    CHECK_THAT(problem({{"dvc.yaml", "metrics: [m.json]"}}),
               has("log/dvc.yaml: the last line has no line end"));
    CHECK_THAT(problem({{"a", ""}}), has("this is not a DVC project"));
}
