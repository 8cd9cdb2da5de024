#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "pyperf";

std::string file(std::string_view benchmarks) {
    return R"({"version": "1.0", "metadata": {"name": "shared", "hostname": "secret-host", "unit": "second"}, "benchmarks": [)" +
           std::string(benchmarks) + "]}";
}

}  // namespace

TEST_CASE("pyperf: values of all processes are measurements, those of calibration are not",
          "[sources]") {
    const Run found = run(name, data("pyperf_json/mult_list_py36.json"));
    CHECK(names(found) == Texts{"[1,2,3]*1000", "[1,2]*1000", "[1]*1000"});
    const Numbers values = samples(found, "[1]*1000");
    CHECK(values.size() == 60);
    double sum = 0.0;
    for (const double one : values) {
        sum += one;
    }
    CHECK(sum / 60.0 == Approx(2.13e-6).epsilon(0.005));  // what pyperf printed
    CHECK(entry(found, "[1]*1000").unit == "s");
}

TEST_CASE("pyperf: a benchmark's own name and unit win over those of the file", "[sources]") {
    const Run found = run(name, file(R"(
{"runs": [{"warmups": [[1, 0.5]]}, {"values": [1, 2]}, {"values": [3]}]},
{"metadata": {"name": "memory", "unit": "byte"}, "runs": [{"values": [4096]}]})"));
    CHECK(samples(found, "shared") == Numbers{1, 2, 3});
    CHECK(samples(found, "memory") == Numbers{4096});
    CHECK(entry(found, "memory").unit == "B");
}

TEST_CASE(
    "pyperf: machine, interpreter and timer are conditions, and the host's name is only a digest",
    "[sources]") {
    const Run found = run(name, data("pyperf_json/mult_list_py38.json"));
    CHECK(found.conditions.at("python_version") == "3.8.5 (64-bit)");
    CHECK(found.conditions.at("cpu") == "Intel(R) Core(TM) i7-6820HQ CPU @ 2.70GHz");
    CHECK(found.conditions.at("aslr") == "Full randomization");
    const Run own = run(name, file(R"({"runs": [{"values": [1]}]})"));
    CHECK(own.conditions.at("host") != "secret-host");
    CHECK(own.conditions.at("host").size() == 8);
}

TEST_CASE("pyperf: runs that were made on different machines are not one sample", "[sources]") {
    const Run found =
        run(name, file(R"({"runs": [{"values": [1], "metadata": {"cpu_model_name": "A"}},
{"values": [2], "metadata": {"cpu_model_name": "B"}}]})"));
    CHECK_THAT(flaw(found, "shared"),
               has("measurements that were taken under different conditions"));
}

TEST_CASE("pyperf: a benchmark with calibration runs only has no values", "[sources]") {
    const Run found = run(name, file(R"({"runs": [{"warmups": [[1, 0.5]]}]})"));
    CHECK_THAT(flaw(found, "shared"), has("no values, only calibration runs"));
}

TEST_CASE(
    "pyperf: two benchmarks of one name, none, and files older than 1.0 are refused where they are",
    "[sources]") {
    CHECK_THAT(problems_of(read(name, file(R"({"runs": []}, {"runs": []})"))),
               has("a second benchmark called 'shared'"));
    CHECK_THAT(problems_of(read(name, R"({"benchmarks": [{"runs": []}]})")),
               has("log:1:17: a benchmark without a name"));
    CHECK_THAT(problems_of(read(name, file(R"({"runs": [{"samples": [1]}]})"))),
               has("pyperf convert"));
    CHECK_THAT(problems_of(read(name, "[]")), has("this is not a pyperf file"));
}
