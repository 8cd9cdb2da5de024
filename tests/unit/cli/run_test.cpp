#include "cli/run.h"

#include <map>
#include <sstream>

#include "support/catch.h"

using namespace metricgate;

namespace {

const std::string policy = R"(version: 1
inputs:
  run: {kind: metrics}
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}}
)";

struct Outcome {
    int code = -1;
    std::string out, error;
    std::map<std::string, std::string> files;
};

/// A whole run in memory.
Outcome run(const std::vector<std::string>& arguments, std::map<std::string, std::string> files) {
    Outcome outcome;
    outcome.files = std::move(files);
    const auto memory = support::in_memory(outcome.files);
    std::ostringstream out;
    std::ostringstream error;
    outcome.code = cli::run(arguments, {out, error, false}, {*memory, {}});
    outcome.out = out.str();
    outcome.error = error.str();
    return outcome;
}

std::map<std::string, std::string> files_with(const std::string& candidate) {
    return {{"/repo/.metricgate.yaml", policy},
            {"/repo/base.json", R"({"accuracy": 0.94})"},
            {"/repo/new.json", candidate}};
}

const std::vector<std::string> check = {"check", "new.json", "--baseline", "base.json"};

}  // namespace

TEST_CASE("a whole run in memory passes, and its last line says so", "[cli]") {
    const auto outcome = run(check, files_with(R"({"accuracy": 0.94})"));
    CHECK(outcome.code == 0);
    CHECK(outcome.error == "metricgate: pass (exit 0)\n");
    CHECK(outcome.out.rfind("# metricgate: PASS", 0) == 0);
}

TEST_CASE("a regression ends with 1", "[cli]") {
    const auto outcome = run(check, files_with(R"({"accuracy": 0.90})"));
    CHECK(outcome.code == 1);
    CHECK(outcome.error == "metricgate: fail (exit 1)\n");
}

TEST_CASE("every drop by the margin between two-decimal numbers is decided the same way", "[cli]") {
    for (int percent = 1; percent < 100; ++percent) {
        auto files =
            files_with(R"({"accuracy": )" + std::to_string((percent - 1) / 100) + "." +
                       (percent - 1 < 10 ? "0" : "") + std::to_string((percent - 1) % 100) + "}");
        files["/repo/base.json"] = R"({"accuracy": 0.)" + std::string(percent < 10 ? "0" : "") +
                                   std::to_string(percent) + "}";
        CAPTURE(percent);
        CHECK(run(check, files).code == 0);
    }
}

TEST_CASE("a value that is no finite number is never a pass", "[cli]") {
    for (const char* value : {"NaN", "Infinity", "-Infinity", "null", "true", "\"0.95\"", "[]",
                              "{}", "1e400", "[0.95, NaN, 0.95]", "-NaN"}) {
        CAPTURE(value);
        const auto outcome = run(check, files_with("{\"accuracy\": " + std::string(value) + "}"));
        CHECK(outcome.code != 0);
        CHECK(outcome.code != 70);
    }
}

TEST_CASE("a report file is written only when there is a result", "[cli]") {
    auto arguments = check;
    arguments.insert(arguments.end(), {"--report", "json=report.json"});
    auto files = files_with("{");
    files["/repo/report.json"] = "old";
    CHECK(run(arguments, files).files.at("/repo/report.json") == "old");
    const auto outcome = run(arguments, files_with(R"({"accuracy": 0.95})"));
    CHECK(outcome.files.at("/repo/report.json").find("metricgate.report/1") != std::string::npos);
}

TEST_CASE("threads change nothing", "[cli]") {
    auto one = check;
    auto four = check;
    four.insert(four.end(), {"--threads", "4"});
    CHECK(run(one, files_with(R"({"accuracy": 0.95})")).out ==
          run(four, files_with(R"({"accuracy": 0.95})")).out);
}

TEST_CASE("a stream that takes nothing turns a pass into 2 and leaves a fail at 1", "[cli]") {
    for (const auto& [value, code] : {std::pair{"0.94", 2}, std::pair{"0.90", 1}}) {
        auto files = files_with("{\"accuracy\": " + std::string(value) + "}");
        const auto memory = support::in_memory(files);
        std::ostringstream error;
        std::ostringstream closed;
        closed.setstate(std::ios::badbit);
        CHECK(cli::run(check, {closed, error, false}, {*memory, {}}) == code);
    }
}

TEST_CASE("a policy is found above the current folder only up to the repository's root", "[cli]") {
    auto files = files_with(R"({"accuracy": 0.94})");
    files["/.metricgate.yaml"] = "version: 99\n";
    files["/repo/.git"] = "";
    files.erase("/repo/.metricgate.yaml");
    const auto outcome = run(check, files);
    CHECK(outcome.code == 0);
    CHECK(outcome.out.find("metricgate:scalars") != std::string::npos);
}

TEST_CASE("a waiver counts until its day, and --now takes the place of the clock", "[cli]") {
    auto files = files_with(R"({"accuracy": 0.90})");
    files["/repo/.metricgate.yaml"] +=
        "waivers: [{check: accuracy, reason: r, owner: o, expires: 2026-05-01}]\n";
    const auto on = [&](std::optional<policy::Date> today, std::vector<std::string> arguments) {
        const auto memory = support::in_memory(files);
        std::ostringstream out;
        std::ostringstream error;
        return cli::run(arguments, {out, error, false}, {*memory, {}, today});
    };
    CHECK(on(policy::Date{2026, 5, 1}, check) == 0);
    CHECK(on(policy::Date{2026, 5, 2}, check) == 1);
    CHECK(on(std::nullopt, check) == 1);
    auto later = check;
    later.insert(later.end(), {"--now", "2026-04-30"});
    CHECK(on(policy::Date{2030, 1, 1}, later) == 0);
    CHECK(on(std::nullopt, {"waivers"}) == 2);
    CHECK(on(policy::Date{2026, 5, 2}, {"waivers", "--expired"}) == 1);
}
