// What the smaller commands answer, and with which exit code: convert, log, history, calibrate,
// list, validate, waivers; and what a terminal is told.
#include <algorithm>
#include <map>
#include <sstream>

#include "cli/run.h"
#include "support/catch.h"
#include "unit/cli/failing_disk.h"
#include "unit/history/scratch.h"

using namespace metricgate;
using Words = std::vector<std::string>;
using Files = std::map<std::string, std::string>;
using test::Disk;

namespace {

struct Ending {
    int code = -1;
    std::string out, error;
};

/// What a run may depend on beside its files.
struct Outside {
    std::map<std::string, std::string> environment;
    std::optional<policy::Date> today = policy::Date{2026, 5, 1};
    std::optional<std::int64_t> now = 1'777'777'777;
    bool terminal = false;
    bool error_lost = false;
};

Ending run(const Words& words, support::FileSystem& files, const Outside& outside = {}) {
    std::ostringstream out;
    std::ostringstream error;
    error.setstate(outside.error_lost ? std::ios::badbit : std::ios::goodbit);
    Ending ending;
    ending.code =
        cli::run(words, {out, error, outside.terminal, outside.terminal},
                 {files, outside.environment, outside.today, nullptr, false, outside.now});
    ending.out = out.str();
    ending.error = error.str();
    return ending;
}

Ending run(const Words& words, const Files& files, const Outside& outside = {}) {
    Disk disk(files);
    return run(words, disk, outside);
}

const std::string gate =
    "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
    "  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}, max: 1}\n";

Files repository() {
    std::string history = "commit,accuracy\n";
    for (int i = 0; i < 30; ++i) {
        history += std::to_string(i) + (i % 2 == 0 ? ",0.89\n" : ",0.91\n");
    }
    return {{"/repo/.metricgate.yaml", gate},
            {"/repo/base.json", R"({"accuracy": {"value": 0.9, "n": 20000}})"},
            {"/repo/new.json", R"({"accuracy": {"value": 0.9, "n": 20001}})"},
            {"/repo/history.csv", history}};
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A file store of MLflow with one run of the experiment `churn`.
Files mlflow() {
    const std::string id(32, 'a');
    return {
        {"/repo/mlruns/7/meta.yaml", "experiment_id: '7'\nname: churn\nlifecycle_stage: active\n"},
        {"/repo/mlruns/7/" + id + "/meta.yaml",
         "run_id: " + id +
             "\nrun_name: run-a\nexperiment_id: '7'\nlifecycle_stage: active\nstatus: "
             "3\nstart_time: 10000\n"},
        {"/repo/mlruns/7/" + id + "/metrics/acc", "10000 0.5 0\n"}};
}

const Outside of_mlflow = {{{"MLFLOW_TRACKING_URI", "mlruns"}}};
const std::string last_metric = "mlruns/7/" + std::string(32, 'a') + "/metrics/acc";

}  // namespace

TEST_CASE("convert says of a file, a folder and a run where its numbers come from", "[cli]") {
    const Ending file = run({"convert", "base.json"}, repository());
    CHECK(file.code == 0);
    CHECK(says(file.out, "\"provenance.format\": \"json\""));
    const Ending folder = run({"convert", "mlruns"}, mlflow());
    INFO(folder.error);
    CHECK(folder.code == 0);
    CHECK(says(folder.out, "\"provenance.format\": \"mlflow_folder\""));
    CHECK(says(folder.out, "\"provenance.digest\": \""));
    const Ending step = run({"convert", "mlruns", "--step", "last"}, mlflow());
    CHECK(step.code == 0);
    CHECK(says(step.out, "\"provenance.step\": \"last\""));
}

TEST_CASE("convert writes nothing of what it cannot read", "[cli]") {
    const auto refused = [](const Words& words, const Files& files) {
        const Ending ending = run(words, files);
        CHECK(ending.code == 2);
        CHECK(ending.out.empty());
        CHECK(ending.error.ends_with("metricgate: not_converted (exit 2)\n"));
        return ending.error;
    };
    CHECK(says(refused({"convert", "gone.json"}, repository()), "gone.json"));
    CHECK(says(refused({"convert", "a.json.gz"}, {{"/repo/a.json.gz", "\x1f\x8b\x08"}}),
               "a.json.gz"));
    CHECK(says(refused({"convert", "base.json", "--format", "jsno"}, repository()), "jsno"));
    CHECK(says(refused({"convert", "a.json"}, {{"/repo/a.json", "{\"accuracy\": [1, {}]"}}),
               "a.json"));
    CHECK(says(refused({"convert", "base.json", "--metric", "recall"}, repository()), "recall"));
}

TEST_CASE("convert tells of numbers that are none, and ends with 2 where nobody hears it",
          "[cli]") {
    const Files files = {{"/repo/a.json", "{\"accuracy\": null, \"f1\": 0.5}\n"}};
    const Ending told = run({"convert", "a.json"}, files);
    CHECK(told.code == 0);
    CHECK(says(told.error, "not a number, written as null: a.json:1:14"));
    Outside deaf;
    deaf.error_lost = true;
    CHECK(run({"convert", "a.json"}, files, deaf).code == 2);
}

TEST_CASE(
    "convert names each number that is not finite by the place and the token it is written with",
    "[cli]") {
    const Ending infinite =
        run({"convert", "a.json"},
            {{"/repo/a.json",
              "{\"a\": Infinity, \"b\": {\"value\": 1, \"stderr\": NaN}, \"c\": -Infinity}\n"}});
    INFO(infinite.error);
    CHECK(infinite.code == 0);
    CHECK(says(infinite.error, "written as Infinity: a.json:1:"));
    CHECK(says(infinite.error, "'b' holds NaN as its stderr"));
    CHECK(says(infinite.error, "'c' holds -Infinity"));
    // Repeated measurements are carried as they are: nothing is to be told.
    const Ending repeated =
        run({"convert", "a.json"}, {{"/repo/a.json", "{\"latency\": {\"values\": [1, 2, 3]}}\n"}});
    CHECK(repeated.code == 0);
    CHECK(repeated.error.empty());
    Files tracked = mlflow();
    tracked["/repo/" + last_metric] = "1 0.5 0\n2 nan 1\n3 nan 2\n4 0.5 3\n";
    tracked["/repo/mlruns/7/" + std::string(32, 'a') + "/metrics/f1"] = "1 0.5 0\n2 0.6 1\n";
    tracked["/repo/mlruns/7/" + std::string(32, 'a') + "/metrics/one"] =
        "1 0.5 0\n2 -inf 1\n3 1 2\n";
    const Ending series = run({"convert", "mlruns"}, tracked);
    INFO(series.error);
    CHECK(series.code == 0);
    CHECK(says(series.error, "'acc' holds NaN at step 1 (2 such steps)"));
    CHECK(says(series.error, "'one' holds -Infinity at step 1\n"));
    CHECK_FALSE(says(series.error, "f1"));
}

TEST_CASE("a folder of which a file fails between two looks is not converted or recorded",
          "[cli]") {
    // As often as the reader looks at the file; the digest looks once more.
    for (const Words& words :
         {Words{"convert", "mlruns"},
          Words{"log", "a=1", "--commit", "none", "--data", "mlruns", "--store", "s.jsonl"}}) {
        CAPTURE(words);
        bool failed = false;
        for (int before = 0; before < 4; ++before) {
            Disk disk(mlflow());
            disk.unreadable = last_metric;
            disk.reads_before = before;
            const Ending ending = run(words, disk);
            failed = failed || says(ending.error, "cannot be read: Input/output error");
            CHECK((ending.code == 2) == says(ending.error, "cannot be read: Input/output error"));
        }
        CHECK(failed);
    }
}

TEST_CASE("log records the digest of what was measured on, a file or a folder", "[cli]") {
    const auto digest = [](const std::string& data, const Files& files) {
        const test::Scratch scratch;
        const Words words = {"log",    "a=1", "--commit", "none", "--store", scratch / "s.jsonl",
                             "--data", data};
        const Ending ending = run(words, files);
        INFO(ending.error);
        CHECK(ending.code == 0);
        return ending.code == 0;
    };
    CHECK(digest("history.csv", repository()));
    CHECK(digest("mlruns", mlflow()));
    const Ending gone = run({"log", "a=1", "--commit", "none", "--data", "gone.csv"}, repository());
    CHECK(gone.code == 2);
    CHECK(gone.error.ends_with("metricgate: not_recorded (exit 2)\n"));
}

TEST_CASE("log takes a full commit id as it is, and looks any other up", "[cli]") {
    const test::Scratch scratch;
    const auto with = [&](const std::string& commit) {
        return run({"log", "a=1", "--store", scratch / (commit.substr(0, 8) + ".jsonl"), "--commit",
                    commit, "--json"},
                   repository());
    };
    for (const std::string& id :
         {"0123456789abcdef" + std::string(24, '0'), std::string(64, 'f')}) {
        const Ending ending = with(id);
        CHECK(ending.code == 0);
        CHECK(says(ending.out, "\"commit\": \"" + id + "\""));
    }
    for (const std::string& name :
         {std::string(40, 'g'), std::string(40, 'F'), std::string(39, 'a'), std::string(40, '/'),
          std::string(40, ':'), std::string("v1")}) {
        const Ending ending = with(name);
        CHECK(ending.code == 2);
        CHECK(says(ending.error, "--commit none records without one"));
    }
}

TEST_CASE("log needs a clock or a time, and takes none of the future", "[cli]") {
    const test::Scratch scratch;
    const Words log = {"log", "a=1", "--commit", "none", "--store", scratch / "s.jsonl"};
    Outside timeless;
    timeless.now.reset();
    CHECK(says(run(log, repository(), timeless).error, "there is no clock; give --time"));
    Words dated = log;
    dated.insert(dated.end(), {"--time", "2026-01-01T00:00:00Z"});
    CHECK(run(dated, repository(), timeless).code == 0);
    dated.back() = "2036-01-01T00:00:00Z";
    CHECK(says(run(dated, repository()).error, "more than a day ahead of the clock"));
}

TEST_CASE("log records no run of a tracker whose clock was ahead, and names ten of its metrics",
          "[cli]") {
    const test::Scratch scratch;
    Files files = mlflow();
    const std::string folder = "/repo/mlruns/7/" + std::string(32, 'a') + "/metrics/";
    for (const char letter : std::string("abcdefghijkl")) {
        files[folder + letter] = "4000000000000 0.5 0\n";
    }
    const Ending ending = run({"log", "mlruns", "--commit", "none", "--store", scratch / "s.jsonl"},
                              files, of_mlflow);
    INFO(ending.error);
    CHECK(ending.code == 2);
    CHECK(says(ending.error, "the time of 'a', 2096-10-02T07:06:40Z, lies more than a day ahead"));
    CHECK(says(ending.error, "the time of 'j'"));
    CHECK_FALSE(says(ending.error, "the time of 'k'"));
}

TEST_CASE("log records a table that places its rows, and says why it records no other", "[cli]") {
    const test::Scratch scratch;
    const auto recorded = [&](const std::string& name, const Words& more,
                              const std::string& table) {
        Words words = {"log", name, "--commit", "none", "--store", scratch / (name + ".jsonl")};
        words.insert(words.end(), more.begin(), more.end());
        Files files = repository();
        files["/repo/" + name] = table;
        return run(words, files);
    };
    CHECK(recorded("a.csv", {}, "step,accuracy\n1,0.5\n2,0.6\n").code == 0);
    CHECK(recorded("b.csv", {"--format", "csv"}, "step,accuracy\n1,0.5\n").code == 0);
    CHECK(recorded("c.csv", {"--metric", "acc*"}, "step,accuracy\n1,0.5\n").code == 0);
    CHECK(says(recorded("d.csv", {}, "id,accuracy\n1,0.5\n").error,
               "is a table without a column commit, step or time; it has id and accuracy"));
    CHECK(says(recorded("e.csv", {"--metric", "recall"}, "step,accuracy\n1,0.5\n").error,
               "holds no column of numbers that is wanted"));
    CHECK(recorded("f.csv", {}, "step,accuracy\n1,0.5\n1,2,3\n").code == 2);
    CHECK(recorded("g.csv", {}, "step,step\n1,0.5\n").code == 2);
    CHECK(recorded("h.json", {"--format", "json"}, "{\"accuracy\": 0.5}\n").code == 0);
    CHECK(recorded("i.json", {"--format", "json"}, "{\"accuracy\": \n").code == 2);
    CHECK(recorded("j.csv.gz", {}, "\x1f\x8b\x08").code == 2);
    CHECK(recorded("k.csv", {"--format", "cvs"}, "step,accuracy\n1,0.5\n").code == 2);
}

TEST_CASE("log takes a whole experiment, a tracked run, and says what is no input at all",
          "[cli]") {
    const test::Scratch scratch;
    const auto recorded = [&](const std::string& input, const Outside& outside) {
        return run({"log", input, "--commit", "none", "--store", scratch / "m.jsonl"}, mlflow(),
                   outside);
    };
    const Ending whole = recorded("mlflow:experiments/churn", of_mlflow);
    INFO(whole.error);
    CHECK(whole.code == 0);
    CHECK(recorded("mlflow:runs/" + std::string(32, 'a'), of_mlflow).code == 0);
    CHECK(recorded("mlflow:experiments/other", of_mlflow).code == 2);
    CHECK(recorded("mlflow:experiments/churn", {}).code == 2);
    CHECK(says(recorded("gone.json", {}).error,
               "'gone.json' is no file that is there, and has no value; wanted NAME=VALUE, or a "
               "file"));
    CHECK(recorded("git:HEAD:gone.json", {}).code == 2);
}

TEST_CASE("history --gate judges what stands behind its limits, and nothing else", "[cli]") {
    const auto judged = [](const std::string& table, const Words& more = {"--gate"}) {
        Words words = {"history", "--from", "file", "--key", "commit", "--path", "t.csv"};
        words.insert(words.end(), more.begin(), more.end());
        Files files = repository();
        files["/repo/t.csv"] = table;
        return run(words, files);
    };
    const std::string table = repository().at("/repo/history.csv");
    CHECK(judged(table).code == 0);
    CHECK(judged(table + "30,0.2\n").code == 1);
    CHECK(judged(table + "30,0.2\n", {}).code == 0);
    const Ending last = judged(table + "30,0.2\n31,nan\n");
    CHECK(last.code == 2);
    CHECK(says(last.error,
               "--gate cannot judge 'accuracy': point '31' of the history: its value is NaN"));
    const auto twenty = judged(table.substr(0, table.find("\n20,") + 1));
    CHECK(twenty.code == 2);
    CHECK(says(twenty.error,
               "--gate cannot judge 'accuracy': 19 measurements in control before the newest one, "
               "of 20 that limits are taken from"));
    CHECK(judged("commit,accuracy\n1,0.5\n").code == 2);
    CHECK(judged("commit,accuracy\n").code == 2);
}

TEST_CASE(
    "history counts the metrics of an earlier time behind the fifth, and needs no clock for it",
    "[cli]") {
    std::string table = "time,accuracy,a,b,c,d,e,f,g\n";
    for (int day = 1; day <= 3; ++day) {
        table +=
            "2026-01-0" + std::to_string(day) + (day < 3 ? ",1,1,1,1,1,1,1,1\n" : ",1,,,,,,,\n");
    }
    Files files = repository();
    files["/repo/t.csv"] = table;
    Outside timeless;
    timeless.now.reset();
    for (const Outside& outside : {Outside{}, timeless}) {
        const Ending ending = run(
            {"history", "--from", "file", "--key", "time", "--path", "t.csv", "--report", "json"},
            files, outside);
        INFO(ending.error << ending.out);
        CHECK(ending.code == 0);
        CHECK(says(ending.out, "The last values of 2 other metrics are of an earlier time"));
    }
}

TEST_CASE("calibrate replays a chart over the window of the input that its check names", "[cli]") {
    const auto looked_at = [](const std::string& inputs, const std::string& input) {
        Files files = repository();
        std::string& table = files["/repo/history.csv"];
        for (int i = 0; i < 40; ++i) {
            table += "after" + std::to_string(i) + (i % 2 == 0 ? ",0.79\n" : ",0.81\n");
        }
        files["/repo/gate.yaml"] = "version: 1\ninputs: {" + inputs + "}\nchecks:\n  - {id: a" +
                                   input +
                                   ", metric: {name: accuracy, direction: higher}, chart: {type: "
                                   "individuals, limits_from: 20}}\n";
        const Ending ending = run({"calibrate", "--from", "file", "--key", "commit", "--path",
                                   "history.csv", "-p", "gate.yaml", "--report", "text"},
                                  files);
        INFO(ending.error);
        return ending.out + ending.error;
    };
    const std::string history = "kind: history, from: file, path: history.csv, key: commit";
    const std::string whole = "a: {" + history + "}";
    const std::string last = "b: {" + history + ", window: 25}";
    const std::string single = looked_at(last, "");
    CHECK(looked_at(whole + ", " + last, ", input: b") == single);
    CHECK(looked_at(whole + ", " + last, ", input: a") == looked_at(whole, ""));
    CHECK(looked_at("m: {kind: metrics}, " + last, ", input: b") == single);
    CHECK(looked_at(whole, "") != single);
}

TEST_CASE("calibrate refuses a policy that cannot be read, and what its report would replace",
          "[cli]") {
    const auto calibrated = [](const std::string& policy, const Words& more = {}) {
        Words words = {"calibrate", "--from",      "file", "--key",    "commit",
                       "--path",    "history.csv", "-p",   "gate.yaml"};
        words.insert(words.end(), more.begin(), more.end());
        Files files = repository();
        if (!policy.empty()) {
            files["/repo/gate.yaml"] = policy;
        }
        return run(words, files);
    };
    const Ending good = calibrated(gate);
    INFO(good.error << good.out);
    CHECK(good.code == 0);
    CHECK(says(good.out, "max"));
    CHECK(calibrated("").code == 2);
    CHECK(calibrated("version: 1\nchecks: [{id: a, metric: acuraccy_of, min: 0.5}]\n").code == 2);
    const std::string other = "version: 1\nchecks: [{id: a, metric: recall, min: 0.5}]\n";
    CHECK(says(calibrated(other).out, "no history of `recall` is among those"));
    Ending over = calibrated(gate, {"--report", "json=history.csv"});
    CHECK(over.code == 2);
    CHECK(says(over.error, "is an input of this run and would be overwritten"));
    CHECK(calibrated(gate, {"recall"}).code == 2);
    CHECK(
        run({"calibrate", "--from", "file", "--path", "gone.csv", "--key", "commit"}, repository())
            .code == 2);
}

TEST_CASE("every list is told short and long, and another name is no list", "[cli]") {
    for (const auto& [what, entry] : {std::pair("metrics", "roc_auc"),
                                      {"methods", "tango"},
                                      {"formats", "mlflow:"},
                                      {"histories", "git"},
                                      {"reports", "junit"},
                                      {"gates", "metricgate:scalars"}}) {
        CAPTURE(what);
        const Ending brief = run({"list", what}, Files{});
        CHECK(brief.code == 0);
        CHECK(says(brief.out, std::string(entry) + "  "));
        const Ending all = run({"list", what, "--long"}, Files{});
        CHECK(all.code == 0);
        CHECK(all.out.starts_with("name\t"));
        CHECK(std::ranges::count(all.out, '\n') == std::ranges::count(brief.out, '\n') + 1);
    }
    const Ending wrong = run({"list", "metric"}, Files{});
    CHECK(wrong.code == 2);
    CHECK(says(wrong.error, "unknown list 'metric' (did you mean 'metrics'?)"));
}

TEST_CASE("validate and waivers need a policy that is there and whose names are known", "[cli]") {
    const std::string waived =
        gate + "waivers: [{check: accuracy, reason: r, owner: o, expires: 2026-05-01}]\n";
    for (const char* command : {"validate", "waivers"}) {
        CAPTURE(command);
        const Ending none = run({command}, Files{});
        CHECK(none.code == 2);
        CHECK(says(none.error, "there is no .metricgate.yaml here or above; name a policy"));
        CHECK(run({command, "gone.yaml"}, Files{}).code == 2);
        CHECK(run({command, "a.yaml"}, Files{{"/repo/a.yaml", "version: 2\n"}}).code == 2);
        CHECK(run({command, "a.yaml"}, Files{{"/repo/a.yaml",
                                              "version: 1\nchecks: [{id: a, metric: acuraccy_of, "
                                              "min: 0.5}]\n"}})
                  .code == 2);
    }
    CHECK(run({"validate"}, repository()).out == ".metricgate.yaml: valid, 1 check on 1 input\n");
    Files files = repository();
    files["/repo/.metricgate.yaml"] = waived;
    Outside timeless;
    timeless.today.reset();
    CHECK(run({"validate"}, files, timeless).out ==
          ".metricgate.yaml: valid, 1 check on 1 input, 1 waiver\n");
    CHECK(run({"validate", "--now", "2026-06-01"}, files).out ==
          ".metricgate.yaml: valid, 1 check on 1 input, 1 waiver (1 lapsed)\n");
    const Ending early = run({"validate", "--now", "2026-01-01"}, files);
    CHECK(early.code == 2);
    CHECK(says(early.error,
               "waivers: found an end on 2026-05-01, wanted one at most 90 days ahead, "
               "on 2026-04-01 or earlier"));
    CHECK(run({"waivers"}, files, timeless).code == 2);
}

TEST_CASE(
    "validate and waivers take the policy of the merge's target from CI's word, or end with 2",
    "[cli]") {
    for (const char* command : {"validate", "waivers"}) {
        CAPTURE(command);
        const Ending ending = run({command, "--policy-rev", "auto"}, repository());
        CHECK(ending.code == 2);
        INFO(ending.error);
        CHECK(says(ending.error, "there is no git repository here or above"));
    }
}

TEST_CASE("waivers tells when each ends, and which want a decision", "[cli]") {
    Files files = repository();
    files["/repo/.metricgate.yaml"] =
        gate + "waivers: [{check: accuracy, reason: r, owner: o, expires: 2026-05-01}]\n";
    const auto on = [&](const std::string& day, const Words& more = {}) {
        Words words = {"waivers", "--now", day};
        words.insert(words.end(), more.begin(), more.end());
        return run(words, files);
    };
    CHECK(says(on("2026-05-01").out, "until 2026-05-01, its last day; covers any loss; o: r\n"));
    CHECK(on("2026-05-01").code == 0);
    CHECK(says(on("2026-04-30").out, "until 2026-05-01, 1 day left"));
    CHECK(says(on("2026-05-03").out, "lapsed after 2026-05-01, 2 days ago"));
    CHECK(on("2026-05-03", {"--expired"}).code == 1);
    CHECK(on("2026-05-01", {"--expired"}).out == "No waiver needs a decision.\n");
    CHECK(on("2026-05-03", {"--expiring-in", "9"}).out == "No waiver needs a decision.\n");
    CHECK(on("2026-04-25", {"--expiring-in", "9"}).code == 1);
    CHECK(on("2026-04-25", {"--expiring-in", "3"}).code == 0);
    // One that ends too late wants a decision, whatever is asked for.
    const Ending late = on("2026-01-01", {"--expired"});
    CHECK(late.code == 1);
    CHECK(says(late.out, "does not count, as it ends more than 90 days ahead"));
    CHECK(run({"waivers"}, repository()).out == "The policy has no waivers.\n");
}

TEST_CASE("on a terminal a report is a text by itself, and progress is told", "[cli]") {
    Outside terminal;
    terminal.terminal = true;
    const Words sides = {"new.json", "--baseline", "base.json"};
    for (const char* command : {"check", "power", "selftest"}) {
        CAPTURE(command);
        Words words = {command};
        words.insert(words.end(), sides.begin(), sides.end());
        const Ending ending = run(words, repository(), terminal);
        CHECK(ending.code == 0);
        CHECK_FALSE(ending.out.starts_with("# "));
        CHECK(says(ending.error, "\r\x1b[K"));
    }
    CHECK(says(run({"power", "new.json", "--baseline", "base.json"}, repository(), terminal).error,
               "simulating the policy as a whole"));
    CHECK(says(run({"--version", "--verbose"}, Files{}).out, "libgit2"));
    CHECK_FALSE(says(run({"--version"}, Files{}).out, "libgit2"));
}

TEST_CASE("a failure stays one where its last line is lost", "[cli]") {
    Outside deaf;
    deaf.error_lost = true;
    Files files = repository();
    // A margin that no loss exceeds: power ends with 1, and so does the self-test.
    files["/repo/.metricgate.yaml"] =
        "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
        "  - {id: accuracy, metric: accuracy, margin: {abs: 2}}\n";
    for (const char* command : {"power", "selftest"}) {
        CAPTURE(command);
        const Words words = {command, "new.json", "--baseline", "base.json"};
        const Ending heard = run(words, files);
        INFO(heard.error << heard.out);
        CHECK(heard.code == 1);
        CHECK(run(words, files, deaf).code == 1);
    }
    // A check that cannot go red is told even where a report of it cannot be written.
    Disk disk(files);
    disk.unwritable = "b.txt";
    const Words both = {"selftest", "new.json",    "--baseline", "base.json",
                        "--report", "json=a.json", "--report",   "text=b.txt"};
    const Ending ending = run(both, disk);
    CHECK(ending.code == 1);
    CHECK(ending.error ==
          "b.txt: cannot be written: No space left on device\nmetricgate: fail (exit 1)\n");
    CHECK(says(disk.at("a.json"), "metricgate.selftest"));
}

TEST_CASE("a report goes to the standard output by name, too, and replaces what it cannot read",
          "[cli]") {
    const Words words = {"check", "new.json", "--baseline", "base.json", "--report", "text=-"};
    const Ending ending = run(words, repository());
    INFO(ending.error);
    CHECK(ending.code == 0);
    Disk disk(repository());
    disk.files["/repo/a.json"] = "{\n  \"schema\": \"metricgate.report/1\",\n";
    disk.unreadable = "a.json";
    CHECK(run({"check", "new.json", "--baseline", "base.json", "--report", "json=a.json"}, disk)
              .code == 0);
    CHECK(says(disk.at("a.json"), "\"verdict\": \"pass\""));
    // Without a result nothing is looked for behind `-`.
    disk.files.erase("/repo/new.json");
    CHECK(run(words, disk).code == 2);
}

TEST_CASE("what somebody sees at once is written last, by whatever name", "[cli]") {
    for (const std::string name : {"/dev/stdout", "/dev/stderr", "/dev/fd/3", "/proc/self/fd/3"}) {
        CAPTURE(name);
        const Words words = {"check",    "new.json",     "--baseline", "base.json",
                             "--report", "text=" + name, "--report",   "tap=/dev/tty9",
                             "--report", "json=a.json"};
        Disk disk(repository());
        disk.devices = {name, "/dev/tty9"};
        const Ending ending = run(words, disk);
        INFO(ending.error);
        CHECK(ending.code == 0);
        CHECK(disk.written == std::vector<std::string>{"a.json", "/dev/tty9", name});
        disk.written.clear();
        disk.unwritable = "/dev/tty9";
        const Ending full = run(words, disk);
        CHECK(full.code == 2);
        CHECK(says(full.error, "/dev/tty9: cannot be written: No space left on device"));
    }
}
