#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "dvclive";
using Points = std::vector<std::pair<std::int64_t, double>>;
using Files = std::map<std::string, std::string>;

/// The folder that DVCLive wrote.
Files files() {
    Files result;
    for (const char* path : {"metrics.json", "params.yaml", "plots/metrics/acc.tsv",
                             "plots/metrics/ts.tsv", "plots/metrics/train/loss.tsv"}) {
        result[path] = data(std::string("experiment_tools/dvclive/") + path);
    }
    return result;
}

}  // namespace

TEST_CASE("dvclive: what was plotted are series, called as metrics.json nests them", "[sources]") {
    const Run found = run(name, folder(files()));
    CHECK(points(found, "train.loss") == Points{{0, 1.0}, {1, 0.5}, {2, 0.3333333333333333}});
    CHECK(points(found, "acc").back() == std::pair<std::int64_t, double>{2, 0.7});
    CHECK(points(found, "ts").back() ==
          std::pair<std::int64_t, double>{2, 3.0});  // with a column of time stamps
    CHECK(found.notes.empty());
}

TEST_CASE("dvclive: what was not plotted stands in metrics.json only", "[sources]") {
    const Run found = run(name, folder(files()));
    CHECK(names(found) == Texts{"final.auc", "note", "step"});
    CHECK(value(found, "final.auc") == 0.9);
    CHECK_THAT(flaw(found, "note"), has("log/metrics.json:11:13: 'note' holds the text 'text'"));
}

TEST_CASE("dvclive: a series that ends before metrics.json does is no whole one", "[sources]") {
    Files cut = files();
    cut["plots/metrics/acc.tsv"] = "step\tacc\n0\t0.5\n1\t0.6\n";
    const Run found = run(name, folder(cut));
    CHECK_THAT(flaw(found, "acc"), has("log/metrics.json:"));
    CHECK_THAT(flaw(found, "acc"),
               has("'acc' holds '0.7', and its series ends with another value at step 1: the log "
                   "is cut short"));
    CHECK(points(found, "train.loss").size() == 3);
}

TEST_CASE("dvclive: a series that metrics.json does not know is of a step that did not end",
          "[sources]") {
    Files stopped = files();
    stopped["plots/metrics/new.tsv"] = "step\tnew\n0\t0.5\n";
    CHECK_THAT(flaw(run(name, folder(stopped)), "new"),
               has("plots/metrics/new.tsv:2:3: 'new' holds a series that metrics.json does not"));
}

// What DVCLive 3.49.1 wrote for numpy's floats of 32 and 16 bits, for NaN and for a number as text.
TEST_CASE("dvclive: numbers are the same, in whatever precision the two files write them",
          "[sources]") {
    for (const auto& [logged, full] :
         {std::pair("0.7", "0.699999988079071"), std::pair("0.7", "0.7001953125"),
          std::pair("nan", "\"nan\""), std::pair("inf", "\"inf\""), std::pair("0.5", "\"0.5\"")}) {
        const Files same = {{"metrics.json", std::string("{\"x\": ") + full + "}"},
                            {"plots/metrics/x.tsv", std::string("step\tx\n0\t") + logged + "\n"}};
        CHECK(points(run(name, folder(same)), "x").size() == 1);
    }
    const Files other = {{"metrics.json", "{\"x\": 0.7001953125}"},
                         {"plots/metrics/x.tsv", "step\tx\n0\t0.701\n"}};
    CHECK_THAT(flaw(run(name, folder(other)), "x"), has("ends with another value"));
}

TEST_CASE("dvclive: a resumed run repeats steps, and the later lines win", "[sources]") {
    Files resumed = files();
    resumed["plots/metrics/acc.tsv"] = "step\tacc\n0\t0.5\n1\t0.6\n1\t0.65\n2\t0.7\n";
    CHECK(points(run(name, folder(resumed)), "acc") ==
          Points{{0, 0.5}, {1, 0.6}, {1, 0.65}, {2, 0.7}});
}

TEST_CASE("dvclive: text in a series is the flaw of its metric", "[sources]") {
    Files text = files();
    text["plots/metrics/acc.tsv"] = "step\tacc\n0\tgood\n";
    CHECK_THAT(flaw(run(name, folder(text)), "acc"),
               has("log/plots/metrics/acc.tsv:2:3: 'acc' holds"));
}

TEST_CASE("dvclive: a series without steps or values is refused with its file", "[sources]") {
    Files broken = files();
    broken["plots/metrics/acc.tsv"] = "acc\n0.5\n";
    CHECK_THAT(problems_of(read(name, folder(broken))),
               has("log/plots/metrics/acc.tsv: this is not a series of DVCLive"));
    broken["plots/metrics/acc.tsv"] = "step\tacc\nx\t0.5\n";
    CHECK_THAT(problems_of(read(name, folder(broken))),
               has("acc.tsv:2:1: found the text 'x' as the step"));
    CHECK_THAT(problems_of(read(name, folder({{"a.txt", ""}}))),
               has("this is not a folder of DVCLive"));
}

TEST_CASE("dvclive: cut anywhere, a series is refused or has a flaw", "[sources]") {
    const std::string whole = files()["plots/metrics/acc.tsv"];
    CHECK(reading::accepted_cuts(whole, [](const std::string& text) {
              Files cut = files();
              cut["plots/metrics/acc.tsv"] = text;
              const auto recording = read(name, folder(cut));
              return recording.ok() && !recording->runs.front().series.empty() &&
                     recording->runs.front().series.front().name == "acc";
          }).empty());
}
