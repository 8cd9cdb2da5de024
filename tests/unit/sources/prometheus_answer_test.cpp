#include "sources/prometheus_answer.h"
#include "cut_everywhere.h"
#include "recording_text.h"
#include "sources/prometheus_address.h"

using namespace reading;
using metricgate::sources::parse_prometheus_address;
using metricgate::sources::read_prometheus_answer;
using metricgate::sources::recognises_prometheus_answer;

namespace {

Result<Recording> read(std::string_view text) {
    return read_prometheus_answer(document(text, "answer.json"));
}

std::string answer(std::string_view type, std::string_view result, std::string_view more = "") {
    return R"({"status": "success", "data": {"resultType": ")" + std::string(type) +
           R"(", "result": )" + std::string(result) + "}" + std::string(more) + "}";
}

std::string matrix(std::string_view series) {
    return answer("matrix", "[" + std::string(series) + "]");
}

}  // namespace

TEST_CASE("prometheus_answer: ranges of real fixtures are series by time", "[sources]") {
    const std::string plain = data_file("prometheus_api/kayenta_rangeQueryWithoutTags.json");
    CHECK(recognises_prometheus_answer(document(plain)));
    const auto recording = read(plain);
    const Run& run = run_called(recording, "");
    REQUIRE(run.series.size() == 1);
    CHECK(run.series[0].name == "value");
    CHECK(run.series[0].points.size() == 58);
    CHECK(run.series[0].points[0].step == 1599657179540);
    CHECK(shown(run.series[0].points[0].value) == "43");
    const auto tagged = read(data_file("prometheus_api/kayenta_rangeQueryWithTags.json"));
    CHECK(run_called(tagged, "").series[0].name ==
          R"({exception="InternalServerError",method="GET",uri="/uri-1"})");
    const auto& formats = metricgate::sources::metric_formats();
    CHECK(std::any_of(formats.begin(), formats.end(),
                      [](const auto& format) { return format.name == "prometheus_answer"; }));
}

TEST_CASE("prometheus_answer: no series is no data, and not 0", "[sources]") {
    CHECK_THAT(problems_of(read(data_file("prometheus_api/kayenta_rangeQueryEmpty.json"))),
               has("there is no data: the answer holds no series"));
    CHECK_THAT(problems_of(read(answer("vector", "[]"))), has("there is no data"));
}

TEST_CASE("prometheus_answer: vectors and scalars are entries, warnings are passed on",
          "[sources]") {
    const auto recording =
        read(answer("vector", R"([{"metric": {"__name__": "up", "job": "a"}, "value": [1.5, "1"]},
                      {"metric": {"job": "a"}, "value": [1.5, "NaN"]}])",
                    R"(, "warnings": ["partial answer"])"));
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "up{job=\"a\"}") == "1");
    CHECK(value_of_entry(run, "{job=\"a\"}") == "nan");
    CHECK_THAT(notes_of(run), has("the server says: partial answer"));
    const auto scalar = read(answer("scalar", R"([1.5, "+Inf"])"));
    CHECK(value_of_entry(run_called(scalar, ""), "value") == "inf");
}

TEST_CASE("prometheus_answer: the addresses of machines are not in names", "[sources]") {
    const auto one = read(answer(
        "vector", R"([{"metric": {"__name__": "up", "instance": "host:80"}, "value": [1, "1"]}])"));
    CHECK(value_of_entry(run_called(one, ""), "up") == "1");
    const auto two = read(answer(
        "vector", R"([{"metric": {"__name__": "up", "instance": "host:80"}, "value": [1, "1"]},
                      {"metric": {"__name__": "up", "instance": "host:81"}, "value": [1, "0"]}])"));
    const Run& run = run_called(two, "");
    REQUIRE(run.entries.size() == 2);
    CHECK(run.entries[0].name.find("host") == std::string::npos);
}

TEST_CASE("prometheus_answer: a gap is said, and a series that ended before the rest is missing",
          "[sources]") {
    const auto recording = read(matrix(
        R"({"metric": {"__name__": "a"}, "values": [[1, "1"], [2, "1"], [3, "1"], [4, "1"]]},
           {"metric": {"__name__": "b"}, "values": [[1, "5"], [4, "6"]]},
           {"metric": {"__name__": "gone"}, "values": [[1, "7"], [2, "7"]]})"));
    const Run& run = run_called(recording, "");
    CHECK(points_of(run, "b") == "1000:5 4000:6");
    CHECK_THAT(notes_of(run), has("'b' has no value at 2 of 4 times"));
    CHECK(points_of(run, "gone") == "none");
    CHECK_THAT(notes_of(run), has("'gone' ends before the end of the range: it has no value"));
}

TEST_CASE("prometheus_answer: a counter over a range has a rate, restarts included", "[sources]") {
    const auto recording = read(matrix(R"({"metric": {"__name__": "jobs_total"},
                   "values": [[10, "5"], [20, "15"], [30, "2"], [40, "4"]]})"));
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "rate(jobs_total)") ==
          shown({metricgate::support::NumberKind::finite, 14.0 / 30.0}));
    const auto single =
        read(matrix(R"({"metric": {"__name__": "jobs_total"}, "values": [[10, "5"]]})"));
    CHECK_THAT(value_of_entry(run_called(single, ""), "rate(jobs_total)"),
               has("needs two finite values"));
}

TEST_CASE("prometheus_answer: buckets over a range give the quantiles of that range", "[sources]") {
    const auto bucket = [](const char* le, const char* from, const char* to) {
        return R"({"metric": {"__name__": "h_bucket", "le": ")" + std::string(le) +
               R"("}, "values": [[10, ")" + from + R"("], [20, ")" + to + R"("]]})";
    };
    const auto recording =
        read(matrix(bucket("0.1", "100", "100") + "," + bucket("1", "100", "110") + "," +
                    bucket("+Inf", "100", "110")));
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "h.p50") == "0.55");
    CHECK(value_of_entry(run, "h.p90") == "0.91");
}

TEST_CASE("prometheus_answer: native histograms are refused with the way out", "[sources]") {
    const auto recording = read(
        answer("vector",
               R"([{"metric": {"__name__": "h"}, "histogram": [1, {"count": "3", "sum": "2"}]}])"));
    CHECK_THAT(value_of_entry(run_called(recording, ""), "h"),
               has("is a native histogram, which is no number; ask for histogram_quantile(0.95"));
}

TEST_CASE("prometheus_answer: errors and other shapes are problems at their place", "[sources]") {
    CHECK_THAT(problems_of(read(R"({"status": "error", "errorType": "bad_data", "error": "no"})")),
               has("the answer is no success: no"));
    CHECK_THAT(problems_of(read(answer("string", R"([1, "x"])"))), has("wanted a vector"));
    CHECK_THAT(problems_of(read(answer("vector", R"([{"metric": {}, "value": [1, 2]}])"))),
               has("answer.json:1:"));
    CHECK_THAT(problems_of(read(matrix(R"({"metric": {}, "values": [[2, "1"], [2, "1"]]})"))),
               has("later than the one before"));
    CHECK_THAT(problems_of(read(answer("vector", R"([{"metric": {"a": 1}, "value": [1, "2"]}])"))),
               has("wanted the text of a label"));
    CHECK_FALSE(recognises_prometheus_answer(document(R"({"status": "success", "acc": 1})")));
}

TEST_CASE("prometheus_answer: no beginning of an answer is read", "[sources]") {
    const std::string whole = data_file("prometheus_api/kayenta_rangeQueryWithTags.json");
    const std::string trimmed = whole.substr(0, whole.find_last_of('}') + 1);
    REQUIRE(read(trimmed).ok());
    CHECK(accepted_cuts(trimmed, [](const std::string& part) { return read(part).ok(); }).empty());
}

TEST_CASE("addresses of prometheus are a query, with options in brackets before it", "[sources]") {
    CHECK(parse_prometheus_address("up{job=\"a\"}")->query == "up{job=\"a\"}");
    CHECK(parse_prometheus_address("prometheus:up")->query == "up");
    const auto range =
        parse_prometheus_address("[range=1h30m,step=500ms,at=1700000000]rate(x[5m])");
    REQUIRE(problems_of(range) == "");
    CHECK(range->query == "rate(x[5m])");
    CHECK(range->range_seconds == 5400);
    CHECK(range->step_seconds == 0.5);
    CHECK(range->at == "1700000000");
    CHECK(parse_prometheus_address("[at=2026-01-01T00:00:00Z]up")->at == "2026-01-01T00:00:00Z");
    for (const char* text :
         {"", " ", "[range=1h]up", "[step=1m]up", "[range=1x,step=1s]up", "[range=1h,step=1m",
          "[span=1h]up", "[at=]up", "[range=9y,step=1s]up"}) {
        CHECK_THAT(problems_of(parse_prometheus_address(text)), has("wanted prometheus:QUERY"));
    }
}
