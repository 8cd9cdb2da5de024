#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "github_action_benchmark";
using Points = std::vector<std::pair<std::int64_t, double>>;

std::string file(std::string_view entries) {
    return R"(window.BENCHMARK_DATA = {"lastUpdate": 1, "repoUrl": "r", "entries": )" +
           std::string(entries) + "}";
}

std::string commit(std::string_view benches) {
    return R"({"commit": {"id": "c"}, "date": 1, "tool": "go", "benches": [)" +
           std::string(benches) + "]}";
}

}  // namespace

TEST_CASE("data.js: the values of a bench are a series by commit, numbered from 1", "[sources]") {
    const Run found = run(name, data("github_action_benchmark/catch2_benchmark_v3.data.js"));
    const auto& all = series(found, "Catch2 Benchmark (v3).Fibonacci 10");
    CHECK(all.points.size() == 25);
    CHECK(all.points.front().step == 1);
    CHECK(all.points.back().step == 25);
    CHECK(all.unit == "ns");
    CHECK(found.metadata.at("Catch2 Benchmark (v3).tool") == "catch2");
    CHECK(found.steps_are_places);
    REQUIRE(all.points.front().moment == 1);
    CHECK(found.moments.front().time == 1716117964);
    CHECK(found.moments.front().commit == "2b82b9a3b5e1e4c363fc6c378818e2e30f635945");
}

TEST_CASE("data.js: a unit that swallowed a second metric is the unit before it", "[sources]") {
    const Run found = run(name, data("github_action_benchmark/go_benchmark_part.data.js"));
    const auto& all = series(found, "Go Benchmark.BenchmarkFib20WithAuxMetric");
    CHECK(all.unit == "ns/op");
    CHECK(points(found, "Go Benchmark.BenchmarkFib20WithAuxMetric").back() ==
          std::pair<std::int64_t, double>{8, 40052});
    CHECK(series(found, "Go Benchmark.BenchmarkFib20WithAuxMetric - auxMetricUnits").unit ==
          "auxMetricUnits");
}

TEST_CASE("data.js: a bench that changed its unit is not one series", "[sources]") {
    const Run found =
        run(name, file("{\"s\": [" + commit(R"({"name": "a", "value": 20, "unit": "us"})") + ", " +
                       commit(R"({"name": "a", "value": 19000, "unit": "ns"})") + "]}"));
    CHECK(points(found, "s.a") == Points{{2, 19000}});
    REQUIRE(found.series.size() == 1);  // what the newest commit does not measure is not current
    REQUIRE(found.notes.size() == 2);
    CHECK_THAT(found.notes[0], has("no longer measures 1 benchmark that older commits did"));
    CHECK_THAT(found.notes[1], has("1 value in another unit than the newest"));
}

TEST_CASE(
    "data.js: a bench that the newest commit no longer measures is left out, and that is said",
    "[sources]") {
    const Run found = run(
        name,
        file(
            "{\"s\": [" +
            commit(
                R"({"name": "a", "value": 1, "unit": "x"}, {"name": "b", "value": 2, "unit": "x"})") +
            ", " + commit(R"({"name": "a", "value": 3, "unit": "x"})") + "]}"));
    REQUIRE(found.series.size() == 1);
    CHECK(points(found, "s.a") == Points{{1, 1}, {2, 3}});
    CHECK_THAT(found.notes[0], has("no longer measures 1 benchmark"));
}

TEST_CASE("data.js: several values of one bench and commit are kept in their order, and said",
          "[sources]") {
    const Run found = run(
        name,
        file(
            "{\"s\": [" +
            commit(
                R"({"name": "a", "value": 1, "unit": "x"}, {"name": "a", "value": 2, "unit": "x"})") +
            "]}"));
    CHECK(points(found, "s.a") == Points{{1, 1}, {1, 2}});
    REQUIRE(found.notes.size() == 1);
    CHECK_THAT(found.notes[0], has("the last one counts"));
}

TEST_CASE("data.js: the same without its wrapper, and with a semicolon, is the same", "[sources]") {
    const std::string whole =
        file("{\"s\": [" + commit(R"({"name": "a", "value": 1, "unit": "x"})") + "]}");
    CHECK(points(run(name, whole + ";\n"), "s.a") == Points{{1, 1}});
    CHECK(points(run(name, whole.substr(whole.find('{'))), "s.a") == Points{{1, 1}});
}

TEST_CASE("data.js: problems are where they are in the file, behind the wrapper", "[sources]") {
    CHECK_THAT(problems_of(read(name, "window.BENCHMARK_DATA = [")), has("log:1:2"));
    CHECK_THAT(problems_of(read(name, "window.BENCHMARK_DATA")),
               has("`window.BENCHMARK_DATA = {...}`"));
    CHECK_THAT(problems_of(read(name, file(R"({"s": 5})"))),
               has("suite 's' is the number 5, wanted a list"));
    CHECK_THAT(problems_of(read(name, file(R"({"s": [5]})"))),
               has("wanted an entry with its `benches`"));
    CHECK_THAT(problems_of(read(name, file("{\"s\": [" + commit("{}") + "]}"))),
               has("wanted a bench with name and value"));
    const Run text =
        run(name, file("{\"s\": [" + commit(R"({"name": "a", "value": "1", "unit": "x"})") + "]}"));
    CHECK_THAT(flaw(text, "s.a"), has("the text '1' at step 1"));
}

TEST_CASE("data.js: no beginning of it is read", "[sources]") {
    const std::string whole =
        file("{\"s\": [" + commit(R"({"name": "a", "value": 1.5, "unit": "x"})") + "]}");
    CHECK(reading::accepted_cuts(whole, [](const std::string& text) {
              return read(name, text).ok();
          }).empty());
}
