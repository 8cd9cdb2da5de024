#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view header =
    "Type,Name,Request Count,Failure Count,Median Response Time,99%,100%\n";

}  // namespace

TEST_CASE("Locust: the table has a row a request, called by its method and path", "[sources]") {
    const Run found = run("locust_csv", data("benchmark_tools/locust_stats.csv"));
    CHECK(value(found, "GET /missing,%20%22q%22.95%") == 54);
    CHECK(entry(found, "GET /ok.95%").unit == "ms");
    CHECK(value(found, "POST /p.Request Count") == 29);
    CHECK(value(found, "Aggregated.Requests/s") == 72.11396721627156);
    CHECK(entry(found, "Aggregated.Requests/s").unit == "1/s");
}

TEST_CASE("Locust: the share of failed requests comes with their number", "[sources]") {
    const Run found = run("locust_csv", data("benchmark_tools/locust_stats.csv"));
    CHECK(value(found, "Aggregated.fail_ratio") == 24.0 / 145.0);
    CHECK(scalar(found, "Aggregated.fail_ratio").n == 145);
    const Run json = run("locust_json", data("benchmark_tools/locust.json"));
    CHECK(value(json, "GET /missing,%20%22q%22.fail_ratio") == 1.0);
}

TEST_CASE("Locust: a request that was never answered has no times, and no share of failures",
          "[sources]") {
    const Run found =
        run("locust_csv", std::string(header) + "GET,/a,0,0,N/A,N/A,N/A\n,Aggregated,1,0,5,5,5\n");
    CHECK_THAT(flaw(found, "GET /a.99%"),
               has("log:2:16: 'GET /a.99%' holds the text 'N/A', wanted a number"));
    CHECK_THAT(flaw(found, "GET /a.fail_ratio"),
               has("wanted a number of failures of at least one request"));
    CHECK(value(found, "Aggregated.99%") == 5);
}

TEST_CASE("Locust: the zeros that stand for times of no request are none", "[sources]") {
    const Run found =
        run("locust_csv", std::string(header) + "GET,/a,0,0,0,0,0\n,Aggregated,1,0,5,5,5\n");
    CHECK_THAT(flaw(found, "GET /a.99%"), has("holds a time of no request"));
}

TEST_CASE("Locust: counted response times are measurements in milliseconds", "[sources]") {
    const Run found =
        run("locust_json", R"([{"name": "/a", "method": "GET", "num_requests": 4, "num_failures": 1,
"response_times": {"5": 2, "7.5": 1, "100": 1}}])");
    CHECK(samples(found, "GET /a.response_time") == Numbers{5, 5, 7.5, 100});
    CHECK(entry(found, "GET /a.response_time").unit == "ms");
    const Run real = run("locust_json", data("benchmark_tools/locust.json"));
    CHECK(samples(real, "GET /missing,%20%22q%22.response_time").size() == 24);
    CHECK(value(real, "POST /p.num_requests") == 32);
}

TEST_CASE("Locust: counts that would fill the memory are a flaw", "[sources]") {
    const Run found = run(
        "locust_json",
        R"([{"name": "a", "num_requests": 1, "num_failures": 0, "response_times": {"5": 9007199254740992}},
{"name": "b", "num_requests": 1, "num_failures": 0, "response_times": {"5": 4000000}},
{"name": "c", "num_requests": 0, "num_failures": 0, "response_times": {}},
{"name": "d", "num_requests": 1, "num_failures": 2, "response_times": {"x": 1, "5": -1}}])");
    CHECK_THAT(flaw(found, "a.response_time"),
               has("more response times than the 5,000,000 that are read"));
    CHECK_THAT(flaw(found, "b.response_time"), has("more response times than"));
    CHECK_THAT(flaw(found, "c.response_time"), has("no response time"));
    CHECK_THAT(flaw(found, "d.fail_ratio"), has("log:4:10: "));
}

TEST_CASE("Locust: its other tables are not taken for the statistics", "[sources]") {
    CHECK(
        recognised(document("Timestamp,User Count,Type,Name,Requests/s\n1,2,GET,/a,3\n")).empty());
    CHECK(recognised(document("Method,Name,Error,Occurrences\nGET,/a,x,3\n")).empty());
    CHECK_THAT(problems_of(read("locust_csv", "a,b\n1,2\n")),
               has("this is not Locust's statistics"));
    CHECK_THAT(problems_of(read("locust_json", "{}")), has("this is not Locust's --json output"));
}

TEST_CASE("Locust: a table that was cut anywhere lacks its last row, and is refused", "[sources]") {
    const std::string whole = data("benchmark_tools/locust_stats.csv");
    CHECK(reading::accepted_cuts(whole, [](const std::string& text) {
              return read("locust_csv", text).ok();
          }).empty());
    CHECK_THAT(problems_of(read("locust_csv", std::string(header) + "GET,/a,1,0,5,5,5\n")),
               has("the row 'Aggregated' is missing"));
    const std::string json = data("benchmark_tools/locust.json");
    const std::string trimmed = json.substr(0, json.find_last_not_of(" \n") + 1);
    CHECK(reading::accepted_cuts(trimmed, [](const std::string& text) {
              return read("locust_json", text).ok();
          }).empty());
}
