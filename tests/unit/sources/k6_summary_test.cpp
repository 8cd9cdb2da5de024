#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "k6_summary";

}  // namespace

TEST_CASE("k6: handleSummary's statistics have the unit that the metric contains", "[sources]") {
    const Run found = run(name, data("benchmark_tools/k6_handle_summary.json"));
    CHECK(value(found, "http_req_duration.p(95)") == 6.76737515);
    CHECK(entry(found, "http_req_duration.p(95)").unit == "ms");
    CHECK(entry(found, "data_received.count").unit == "B");
    CHECK(entry(found, "data_received.rate").unit == "B/s");
    CHECK(value(found, "my_gauge.max") == 9);
    CHECK(entry(found, "my_trend.avg").unit == "");
}

TEST_CASE("k6: a rate is of so many samples; http_req_failed counts failures as `passes`",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/k6_handle_summary.json"));
    CHECK(value(found, "my_rate.rate") == 0.5);
    CHECK(scalar(found, "my_rate.rate").n == 20);
    CHECK(value(found, "http_req_failed.rate") == 0.0);
    CHECK(value(found, "http_req_failed.passes") == 0.0);
    CHECK_FALSE(scalar(found, "http_reqs.rate").n);  // a counter's rate is by second
}

TEST_CASE("k6: --summary-export holds the same without `values`, and calls a rate `value`",
          "[sources]") {
    const Run found = run(name, data("benchmark_tools/k6_summary_export.json"));
    CHECK(value(found, "http_req_duration.p(95)") == 3.247500600000008);
    CHECK(entry(found, "http_req_duration{expected_response:true}.avg").unit == "ms");
    CHECK(value(found, "my_rate.value") == 0.5);
    CHECK(scalar(found, "my_rate.value").n == 20);
    CHECK(entry(found, "http_req_failed.value").unit == "");
    const Texts all = names(found);
    CHECK(std::find(all.begin(), all.end(), "http_req_duration.thresholds") == all.end());
}

TEST_CASE("k6: a crossed threshold is true in one form and not ok in the other; both are said",
          "[sources]") {
    const Texts notes = {"By k6, the threshold 'p(95)<0.0001' of 'http_req_duration' was crossed."};
    CHECK(run(name, data("benchmark_tools/k6_handle_summary.json")).notes == notes);
    CHECK(run(name, data("benchmark_tools/k6_summary_export.json")).notes == notes);
}

TEST_CASE("k6: the machine-readable summary lists its metrics", "[sources]") {
    const Run found = run(name, data("benchmark_tools/k6_machine_readable.json"));
    CHECK(value(found, "http_req_duration.p95") == 1.7276952000000025);
    CHECK(value(found, "checks_succeeded.rate") == 1.0);
    CHECK(scalar(found, "checks_succeeded.rate").n == 20);
    CHECK(found.metadata.at("k6_version") == "1.8.1");
}

TEST_CASE("k6: what is no number is a flaw, and other files are refused", "[sources]") {
    const Run found = run(
        name,
        R"({"root_group": {}, "metrics": {"vus": {"value": "5"}, "x": 3, "y": {"values": {"avg": null}}}})");
    CHECK_THAT(flaw(found, "vus.value"), has("'vus.value' holds the text '5', wanted a number"));
    CHECK(value(found, "x") == 3);
    CHECK_THAT(flaw(found, "y.avg"), has("wanted a number"));
    CHECK_THAT(problems_of(read(name, R"({"metrics": []})")), has("this is not a k6 summary"));
    CHECK(recognised(document(R"({"metrics": {"accuracy": 0.9}})")).empty());
}

TEST_CASE("k6: the zeros of a metric without samples are no values", "[sources]") {
    const std::string zeros = R"json({"root_group": {}, "metrics": {"vus": {"value": 5},
"failed": {"value": 0, "passes": 0, "fails": 0},
"http_req_duration": {"avg": 0, "min": 0, "max": 0, "p(95)": 0}}})json";
    const Run found = run(name, zeros);
    CHECK_THAT(flaw(found, "failed.value"), has("no sample, or nothing but zeros"));
    CHECK_THAT(flaw(found, "http_req_duration.p(95)"), has("no sample, or nothing but zeros"));
}

TEST_CASE("k6: a rate with one of its two counts is none that k6 wrote", "[sources]") {
    for (const std::string counts :
         {R"("passes": 0)", R"("fails": 3)", R"("passes": "0", "fails": 3)"}) {
        CAPTURE(counts);
        const Run found = run(
            name,
            R"json({"root_group": {}, "metrics": {"vus": {"value": 5}, "failed": {"value": 0, )json" +
                counts + "}}}");
        CHECK_THAT(flaw(found, "failed.value"), has("are not both counts"));
        CHECK(value(found, "vus.value") == 5);
    }
}
