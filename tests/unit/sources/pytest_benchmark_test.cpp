#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "pytest_benchmark";
constexpr const char* summaries =
    "pytest_benchmark_json/"
    "0003_5b78858eb718649a31fb93d8dc96ca2cee41a4cd_20150815_030157_uncommitted-changes.json";

}  // namespace

TEST_CASE("pytest-benchmark: saved rounds are measurements in seconds", "[sources]") {
    const Run found = run(name, data("benchmark_tools/pytest_benchmark_rounds.json"));
    CHECK(names(found) ==
          Texts{"test_x.py::test_ped", "test_x.py::test_sum[10]", "test_x.py::test_sum[20]"});
    CHECK(samples(found, "test_x.py::test_ped").size() == 5);
    CHECK(entry(found, "test_x.py::test_ped").unit == "s");
    CHECK(found.notes.empty());
}

TEST_CASE(
    "pytest-benchmark: without the rounds there are summaries, and the report warns of the mean",
    "[sources]") {
    const Run found = run(name, data(summaries));
    const std::string test = "tests/test_normal.py::test_xfast_parametrized[0].";
    CHECK(value(found, test + "median") > 0.0);
    CHECK(entry(found, test + "iqr").unit == "s");
    CHECK(value(found, test + "rounds") > 5000);
    CHECK_FALSE(
        scalar(found, test + "mean").standard_error);  // rounds are skewed and follow one another
    const Texts all = names(found);
    CHECK(std::find(all.begin(), all.end(), test + "outliers") == all.end());
    REQUIRE(found.notes.size() == 2);
    CHECK_THAT(found.notes[0], has("uncommitted changes"));
    CHECK_THAT(found.notes[1], has("gate the median and not the mean"));
}

TEST_CASE("pytest-benchmark: machine, Python and how a test was timed are conditions",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/pytest_benchmark_rounds.json"));
    CHECK(found.conditions.at("cpu") == "AMD EPYC");
    CHECK(found.conditions.at("cpu_count") == "2");
    CHECK(found.conditions.at("python_version") == "3.11.7");
    CHECK(found.conditions.at("host").size() == 8);
    CHECK(entry(found, "test_x.py::test_ped").conditions.at("timer") == "perf_counter");
    CHECK(entry(found, "test_x.py::test_ped").conditions.at("disable_gc") == "false");
}

TEST_CASE("pytest-benchmark: a benchmark without stats failed, and is said to have", "[sources]") {
    const Run found = run(
        name, R"({"machine_info": {}, "benchmarks": [{"fullname": "t.py::a", "stats": null}]})");
    CHECK_THAT(flaw(found, "t.py::a"), has("no stats: the benchmark failed or did not run"));
}

TEST_CASE("pytest-benchmark: a round that is no finite number spoils its benchmark only",
          "[sources]") {
    const Run found = run(name, R"({"machine_info": {}, "benchmarks": [
{"fullname": "a", "stats": {"data": [1, NaN]}}, {"fullname": "b", "stats": {"data": []}}, {"fullname": "c", "stats": {"data": [2]}}]})");
    CHECK_THAT(flaw(found, "a"), has("log:2:"));
    CHECK_THAT(flaw(found, "b"), has("an empty list, wanted numbers"));
    CHECK(samples(found, "c") == Numbers{2});
}

TEST_CASE("pytest-benchmark: two benchmarks of one name are no single value", "[sources]") {
    const Run found = run(name, R"({"machine_info": {}, "benchmarks": [
{"fullname": "a", "stats": {"data": [1]}}, {"fullname": "a", "stats": {"data": [2]}}]})");
    CHECK_THAT(flaw(found, "a"), has("two values, this one and one in line 2"));
}

TEST_CASE("pytest-benchmark: what is no such file says so", "[sources]") {
    CHECK_THAT(problems_of(read(name, "{}")), has("this is not a pytest-benchmark file"));
    CHECK_THAT(problems_of(read(name, R"({"benchmarks": [[]]})")),
               has("wanted a benchmark: an object with a fullname"));
}
