#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "google_benchmark";

/// A file with these rows, as the newest release writes its context.
std::string file(std::string_view rows) {
    return R"({"context": {"date": "2026-01-01", "host_name": "ci-7.example", "executable": "/home/me/bench",
 "num_cpus": 4, "mhz_per_cpu": 2596, "cpu_scaling_enabled": false, "aslr_enabled": true,
 "caches": [{"type": "Data", "level": 1, "size": 32768, "num_sharing": 1}], "load_avg": [1.0],
 "library_version": "1.9.5", "library_build_type": "release", "json_schema_version": 1, "flags": "-O2"},
 "benchmarks": [)" +
           std::string(rows) + "]}";
}

}  // namespace

TEST_CASE(
    "Google Benchmark: repetitions are measurements of one benchmark, aggregates of them are left "
    "out",
    "[sources]") {
    const Run found = run(name, data("benchmark_tools/google_benchmark.json"));
    CHECK(samples(found, "rep/3/repeats:3.real_time") ==
          Numbers{8.9745505000467962e-01, 1.5641938622382168e+00, 7.1101889062220680e-01});
    CHECK(entry(found, "rep/3/repeats:3.real_time").unit == "us");
    CHECK(samples(found, "rep/3/repeats:3.acc") == Numbers{5, 5, 5});
    CHECK(entry(found, "rep/3/repeats:3.bytes_per_second").unit == "B/s");
    CHECK(samples(found, "fast.cpu_time") == Numbers{206.56962842347701});
    const Texts all = names(found);
    CHECK(std::find(all.begin(), all.end(), "rep/3/repeats:3_mean.real_time") == all.end());
    CHECK(value(found, "comp_RMS.rms") == 0.24043971648185636);  // has no repetitions
}

TEST_CASE("Google Benchmark: a failed benchmark writes a time of 0, which is nobody's time",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/google_benchmark.json"));
    CHECK_THAT(flaw(found, "broken.real_time"),
               has("'broken.real_time' holds an error ('no device') and no measurement"));
    CHECK_THAT(flaw(found, "broken.cpu_time"), has("no device"));
}

TEST_CASE(
    "Google Benchmark: one failed repetition of several spoils every quantity of the benchmark",
    "[sources]") {
    const Run found = run(name, file(R"(
{"name": "a", "run_name": "a", "run_type": "iteration", "real_time": 5, "time_unit": "ns", "items_per_second": 7},
{"name": "a", "run_name": "a", "run_type": "iteration", "skipped": true, "skip_message": "no GPU"},
{"name": "b", "run_name": "b", "run_type": "iteration", "real_time": 6, "time_unit": "ns"})"));
    CHECK_THAT(flaw(found, "a.real_time"), has("a skipped benchmark ('no GPU')"));
    CHECK_THAT(flaw(found, "a.items_per_second"), has("no GPU"));
    CHECK(flaw(found, "b.real_time") == "");
}

// Rows of Google Benchmark 1.9.5, where 64 failed: the fit is one of the sizes that are left.
TEST_CASE("Google Benchmark: a fit over sizes of which one failed is no value", "[sources]") {
    const Run found = run(name, file(R"(
{"name": "comp/16", "run_name": "comp/16", "run_type": "iteration", "family_index": 1, "real_time": 5, "time_unit": "ns"},
{"name": "comp/64", "run_name": "comp/64", "run_type": "iteration", "family_index": 1, "error_occurred": true, "error_message": "too big", "real_time": 0.0},
{"name": "comp_BigO", "run_name": "comp", "run_type": "aggregate", "family_index": 1, "aggregate_name": "BigO", "real_coefficient": 2.5},
{"name": "comp_RMS", "run_name": "comp", "run_type": "aggregate", "family_index": 1, "aggregate_name": "RMS", "rms": 0.1},
{"name": "more_RMS", "run_name": "more", "run_type": "aggregate", "family_index": 2, "aggregate_name": "RMS", "rms": 0.2})"));
    CHECK_THAT(flaw(found, "comp_BigO.real_coefficient"),
               has("an aggregate beside a run ('comp/64') with an error ('too big')"));
    CHECK_THAT(flaw(found, "comp_RMS.rms"), has("too big"));
    CHECK(value(found, "more_RMS.rms") == 0.2);
    CHECK(samples(found, "comp/16.real_time") == Numbers{5});
}

TEST_CASE("Google Benchmark: an aggregate of an old file, beside a failed repetition, is no value",
          "[sources]") {
    const Run found = run(name, file(R"(
{"name": "a/8", "real_time": 5, "time_unit": "ns"},
{"name": "a/8", "error_occurred": true, "error_message": "no device"},
{"name": "a/8_mean", "real_time": 5, "time_unit": "ns"},
{"name": "a_BigO", "real_coefficient": 1},
{"name": "b_mean", "real_time": 6, "time_unit": "ns"})"));
    CHECK_THAT(flaw(found, "a/8_mean.real_time"), has("an aggregate beside a run ('a/8')"));
    CHECK_THAT(flaw(found, "a_BigO.real_coefficient"), has("no device"));
    CHECK(samples(found, "b_mean.real_time") == Numbers{6});
}

TEST_CASE("Google Benchmark: an aggregate that itself says it failed is no value", "[sources]") {
    const Run found = run(name, file(R"(
{"name": "a_mean", "run_name": "a", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 5, "time_unit": "ns", "error_occurred": true, "error_message": "gone"})"));
    CHECK_THAT(flaw(found, "a_mean.real_time"), has("gone"));
}

// 1.9.5 counts a failed repetition among `repetitions` and `iterations` of the mean of the others.
TEST_CASE("Google Benchmark: aggregates alone do not tell of failed repetitions, which is said",
          "[sources]") {
    CHECK_THAT(run(name, data("benchmark_tools/google_benchmark_aggregates.json")).notes.back(),
               has("does not say whether one of those failed"));
    CHECK(run(name, data("benchmark_tools/google_benchmark.json")).notes.empty());
}

TEST_CASE("Google Benchmark: where only aggregates were written, a mean has its standard error",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/google_benchmark_aggregates.json"));
    const Scalar& mean = scalar(found, "rep/3/repeats:3_mean.real_time");
    CHECK(mean.value.value == 1.0890837028497597);
    REQUIRE(mean.standard_error);
    CHECK(mean.standard_error->value == Approx(0.6650377909079837 / std::sqrt(3.0)));
    CHECK(mean.n == 3);
    CHECK(entry(found, "rep/3/repeats:3_cv.real_time").unit ==
          "");  // a ratio, whatever time_unit says
    CHECK_FALSE(scalar(found, "rep/3/repeats:3_median.real_time").standard_error);
}

TEST_CASE(
    "Google Benchmark: machine and build are conditions, and the host's name is only a digest",
    "[sources]") {
    const Run found = run(name, file(R"({"name": "a", "real_time": 1, "time_unit": "ns"})"));
    CHECK(found.conditions.at("num_cpus") == "4");
    CHECK(found.conditions.at("library_build_type") == "release");
    CHECK(found.conditions.at("caches") == "L1 Data 32768");
    CHECK(found.conditions.at("host").size() == 8);
    CHECK(found.metadata == Conditions{{"library_version", "1.9.5"}, {"flags", "-O2"}});
    CHECK(found.notes.empty());
}

TEST_CASE("Google Benchmark: a debug build of the library and frequency scaling are said",
          "[sources]") {
    const std::string debug = with(with(file(""), "release", "debug"), "scaling_enabled\": false",
                                   "scaling_enabled\": true");
    const Run found = run(name, debug);
    REQUIRE(found.notes.size() == 2);
    CHECK_THAT(found.notes[0], has("debug mode"));
    CHECK_THAT(found.notes[1], has("frequency scaling"));
}

TEST_CASE("Google Benchmark: files of old releases have neither run_type nor run_name",
          "[sources]") {
    const Run found = run(name, data("google_benchmark_json/test1_run1.json"));
    CHECK(samples(found, "BM_SameTimes.real_time") == Numbers{10});
    CHECK(samples(found, "BM_2xFaster.cpu_time") == Numbers{50});
    const Run more = run(name, data("google_benchmark_json/test2_run.json"));
    CHECK(entry(more, "BM_Hi.real_time").unit == "ms");
    CHECK(value(run(name, data("google_benchmark_json/test4_run0.json")), "whocares.cpu_time") ==
          0.1);
}

TEST_CASE("Google Benchmark: non-finite numbers stand bare in the file, and are no measurements",
          "[sources]") {
    const Run found =
        run(name, file(R"({"name": "a", "real_time": -NaN, "time_unit": "ns", "acc": Infinity})"));
    CHECK_THAT(flaw(found, "a.real_time"), has("as measurement 1, wanted a finite number"));
    CHECK_THAT(flaw(found, "a.acc"), has("log:5:"));
}

TEST_CASE("Google Benchmark: times of one benchmark in two units are not one sample", "[sources]") {
    const Run found = run(
        name,
        file(
            R"({"name": "a", "real_time": 1, "time_unit": "ns"}, {"name": "a", "real_time": 1, "time_unit": "us"})"));
    CHECK_THAT(flaw(found, "a.real_time"),
               has("measurements in 'ns' and in 'us', wanted one unit"));
}

TEST_CASE("Google Benchmark: what is no such file says so where it is", "[sources]") {
    CHECK_THAT(problems_of(read(name, R"({"a": 1})")), has("this is not a Google Benchmark file"));
    CHECK_THAT(problems_of(read(name, file("5"))),
               has("log:5:17: found the number 5, wanted a benchmark"));
    CHECK(recognised(document(R"({"context": {}, "benchmarks": []})")).empty());
}
