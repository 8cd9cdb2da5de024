#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "hyperfine";

std::string file(std::string_view results) {
    return R"({"results": [)" + std::string(results) + "]}";
}

}  // namespace

TEST_CASE("hyperfine: the times of a command are measurements in seconds", "[sources]") {
    const Run found = run(name, data("benchmark_tools/hyperfine.json"));
    CHECK(samples(found, "sleep 0.01") ==
          Numbers{0.014698208, 0.027950383000000002, 0.011386276, 0.039597026, 0.016926937});
    CHECK(entry(found, "sleep 0.01").unit == "s");
    CHECK(value(found, "true.user") == 0.0008506);
    CHECK(value(found, "sleep 0.01.system") == 0.0);
}

TEST_CASE("hyperfine: a command that failed was quick for nothing", "[sources]") {
    const Run found = run(name, data("benchmark_tools/hyperfine_failed.json"));
    CHECK_THAT(flaw(found, "exit 3"), has("'exit 3' holds a run that failed with exit code 3"));
    CHECK_THAT(flaw(found, "exit 3.user"), has("exit code 3"));
    const Run killed = run(
        name,
        file(
            R"({"command": "a", "mean": 1, "stddev": 0, "times": [1, 1], "exit_codes": [0, null]})"));
    CHECK_THAT(flaw(killed, "a"), has("a run that a signal ended"));
}

TEST_CASE("hyperfine: without single times there are summaries, and memory is in bytes",
          "[sources]") {
    const Run found = run(
        name,
        file(
            R"({"command": "a", "mean": 1.5, "stddev": null, "median": 1.4, "memory_usage_byte": [4096, 8192]})"));
    CHECK(names(found) == Texts{"a.mean", "a.median", "a.memory_usage"});
    CHECK(samples(found, "a.memory_usage") == Numbers{4096, 8192});
    CHECK(entry(found, "a.memory_usage").unit == "B");
}

TEST_CASE("hyperfine: two commands of one name and other files are refused where they are",
          "[sources]") {
    const std::string one = R"({"command": "a", "mean": 1, "stddev": 0})";
    CHECK_THAT(problems_of(read(name, file(one + ",\n" + one))),
               has("log:2:13: a second result called 'a'; give each its --command-name"));
    CHECK_THAT(problems_of(read(name, file("{}"))), has("wanted a result with its `command`"));
    CHECK_THAT(problems_of(read(name, "{}")), has("this is not a hyperfine file"));
}
