#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "go_benchmark";
constexpr std::string_view line = "BenchmarkA-8 \t 100\t 5.5 ns/op\n";

}  // namespace

TEST_CASE("go test -bench: lines of one benchmark are measurements, one for each unit",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/go_bench.txt"));
    CHECK(samples(found, "BenchmarkSum/size-10.ns/op") == Numbers{36.36, 31.45, 35.75});
    CHECK(samples(found, "BenchmarkSum/size-20.items/op") == Numbers{10, 10, 10});
    CHECK(samples(found, "BenchmarkSum/size-10.B/op") == Numbers{53, 0, 0});
    CHECK(entry(found, "BenchmarkSum/size-20.ns/op").unit == "ns/op");
    CHECK(found.notes.empty());
    CHECK(refusal(found) == "");
}

TEST_CASE(
    "go test -bench: the number of processors behind all names is a condition, not a part of the "
    "name",
    "[sources]") {
    const Run found = run(name, data("benchmark_tools/go_bench.txt"));
    CHECK(found.conditions.at("gomaxprocs") == "2");
    CHECK(entry(found, "BenchmarkSum/size-20.ns/op").conditions ==
          Conditions{{"cpu", "AMD EPYC"}, {"goarch", "amd64"}, {"goos", "linux"}});
}

TEST_CASE("go test -bench: on one processor nothing is behind the names, and size-10 stays size-10",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/go_bench_one_processor.txt"));
    CHECK(samples(found, "BenchmarkSum/size-10.ns/op") == Numbers{5.8});
    CHECK(samples(found, "BenchmarkSum/size-20.ns/op") == Numbers{7.81});
    CHECK(found.conditions.count("gomaxprocs") == 0);
}

TEST_CASE("go test -bench: real logs that benchstat reads", "[sources]") {
    const Run old_run = run(name, data("go_benchmarks/old.txt"));
    const Numbers json = samples(old_run, "BenchmarkEncode/format=json.ns/op");
    CHECK(json.size() == 10);
    CHECK(json.front() == 1726);
    const Run fresh = run(name, data("go_benchmarks/new.txt"));  // starts with sentences
    CHECK(samples(fresh, "BenchmarkEncode/format=gob.ns/op").size() == 10);
    const Run crc = run(name, data("go_benchmarks/crc-new.txt"));
    CHECK(samples(crc, "BenchmarkCRC32/poly=IEEE/size=15/align=0.MB/s").front() == 343.87);
    CHECK(crc.metadata.at("note") == "hw acceleration enabled");
    CHECK(crc.notes.empty());
}

TEST_CASE("go test -bench: lines without the end of the run are a part of it, which is said",
          "[sources]") {
    const Run found = run(name, line);
    REQUIRE(found.notes.size() == 1);
    CHECK_THAT(found.notes[0], has("neither 'PASS' nor 'ok'"));
}

TEST_CASE("go test -bench: a run that did not pass is refused", "[sources]") {
    const Run found = run(name, data("benchmark_tools/go_bench_failed.txt"));
    CHECK(refusal(found) == "log:9: the run did not pass ('FAIL')");
    CHECK_THAT(flaw(found, "BenchmarkFails.ns/op"), has("a benchmark that failed"));
}

TEST_CASE(
    "go test -bench: a skipped benchmark is there with a flaw, and names alone on a line are -v",
    "[sources]") {
    const Run found = run(name, data("benchmark_tools/go_bench_skipped.txt"));
    CHECK_THAT(flaw(found, "BenchmarkFails.ns/op"),
               has("log:12: 'BenchmarkFails.ns/op' holds a benchmark that was skipped"));
    CHECK(samples(found, "BenchmarkSum/size-10.ns/op") == Numbers{23.23});
    CHECK(refusal(found) == "");
}

TEST_CASE(
    "go test -bench: output of the program between a name and its result spoils the benchmark",
    "[sources]") {
    const Run found =
        run(name, std::string(line) + "BenchmarkB-8 \tloading model\n 100\t 7 ns/op\nPASS\n");
    CHECK_THAT(flaw(found, "BenchmarkB.ns/op"), has("no result that can be read in 'BenchmarkB-8"));
    CHECK(samples(found, "BenchmarkA.ns/op") == Numbers{5.5});
}

TEST_CASE("go test -bench: with several packages the package is part of the name", "[sources]") {
    const Run found =
        run(name, "pkg: a\n" + std::string(line) + "PASS\npkg: b\n" + std::string(line) + "PASS\n");
    CHECK(names(found) == Texts{"a.BenchmarkA.ns/op", "b.BenchmarkA.ns/op"});
}

TEST_CASE("go test -bench: every package has an end of its own, or the text is a part",
          "[sources]") {
    const std::string a = "pkg: a\n" + std::string(line);
    const std::string b = "pkg: b\n" + std::string(line);
    for (const std::string& text : {a + "PASS\nok  \ta\t1s\n" + b, a + b + "PASS\nok  \tb\t1s\n"}) {
        const Run found = run(name, text);
        REQUIRE(found.notes.size() == 1);
        CHECK_THAT(found.notes[0], has("Not every package ends with 'PASS' or 'ok'"));
    }
    CHECK(run(name, a + "PASS\nok  \ta\t1s\n" + b + "PASS\nok  \tb\t1s\n").notes.empty());
}

TEST_CASE("go test -bench: an exit status is that of a run that did not pass", "[sources]") {
    CHECK(refusal(run(name, "pkg: a\n" + std::string(line) + "exit status 2\n")) ==
          "log:3: the run did not pass ('exit status 2')");
    for (const std::string said :
         {"exit status code is fine\n", "exit status 0x1\n", "exit status \n"}) {
        const Run found = run(name, "pkg: a\n" + std::string(line) + said + "PASS\n");
        CHECK(samples(found, "BenchmarkA.ns/op") == Numbers{5.5});
    }
}

TEST_CASE("go test -bench: results of two machines in one file are not one sample", "[sources]") {
    const Run found =
        run(name, "cpu: A\n" + std::string(line) + "cpu: B\n" + std::string(line) + "PASS\n");
    CHECK_THAT(flaw(found, "BenchmarkA.ns/op"),
               has("measurements that were taken under different conditions"));
}

TEST_CASE("go test -bench: values that are no numbers are the flaw of their entry", "[sources]") {
    const Run found =
        run(name, std::string(line) +
                      "BenchmarkB-8 100 NaN ns/op\nBenchmarkC-8 100 1e999 ns/op 3 B/op\nPASS\n");
    CHECK_THAT(flaw(found, "BenchmarkB.ns/op"), has("log:2: "));
    CHECK_THAT(flaw(found, "BenchmarkC.ns/op"), has("wanted a finite number"));
    CHECK(samples(found, "BenchmarkC.B/op") == Numbers{3});
}

TEST_CASE("go test -bench: prose about benchmarks is not recognised", "[sources]") {
    CHECK(recognised(document("Benchmarks were run 3 times at 5 ns/op\n")).empty());
    CHECK(recognised(document("BenchmarkA is 3 times faster\n")).empty());
    CHECK_THAT(problems_of(read(name, "PASS\n")), has("this is not the output of go test -bench"));
}

TEST_CASE(
    "go test -bench: cut anywhere inside a line it is refused, and between lines it says that it "
    "is a part",
    "[sources]") {
    const std::string whole = data("benchmark_tools/go_bench.txt");
    const auto accepted = reading::accepted_cuts(whole, [&](const std::string& text) {
        const auto recording = read(name, text);
        const bool whole_run = recording.ok() && recording->runs.front().notes.empty();
        CHECK((!whole_run || text.find("PASS\n") != std::string::npos));
        return recording.ok();
    });
    CHECK_FALSE(accepted.empty());
    for (const std::size_t length : accepted) {
        CHECK(whole[length - 1] == '\n');
    }
}
