#include "sources/prometheus_text.h"
#include "cut_everywhere.h"
#include "recording_text.h"

using namespace reading;
using metricgate::sources::read_prometheus_text;
using metricgate::sources::recognises_prometheus_text;

namespace {

Result<Recording> read(std::string_view text) {
    return read_prometheus_text(document(text, "metrics"));
}

std::string value_in(std::string_view text, std::string_view name) {
    return value_of_entry(run_called(read(text), ""), name);
}

/// A classic histogram of ten observations.
const std::string histogram =
    "# TYPE h histogram\nh_bucket{le=\"0.1\"} 1\nh_bucket{le=\"0.5\"} 5\nh_bucket{le=\"1\"} 9\n"
    "h_bucket{le=\"+Inf\"} 10\nh_sum 6\nh_count 10\n";

const std::string openmetrics =
    "# TYPE jobs counter\n# UNIT lag_seconds seconds\n# TYPE lag_seconds gauge\n"
    "jobs_total{kind=\"ok\"} 17.0 # {trace=\"x\"} 1.0 1700000000.5\njobs_created{kind=\"ok\"} "
    "1.7e9\n"
    "lag_seconds 0.25\n# EOF\n";

}  // namespace

TEST_CASE("prometheus_text: the exposition of a real service is read", "[sources]") {
    const std::string text = data_file("prometheus_api/exposition_text.prom");
    CHECK(recognises_prometheus_text(document(text)));
    const auto recording = read(text);
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "process_virtual_memory_bytes") == "541478912");
    CHECK(value_of_entry(run,
                         "http_requests_total{code=\"200\",handler=\"prometheus\",method="
                         "\"get\"}") == "119");
    CHECK(value_of_entry(run,
                         "http_request_duration_microseconds{handler=\"prometheus\",quantile="
                         "\"0.99\"}") == "3087.384");
    CHECK_THAT(notes_of(run), has("14 counters are totals since the start of a process"));
    const auto& formats = metricgate::sources::metric_formats();
    CHECK(std::any_of(formats.begin(), formats.end(),
                      [](const auto& format) { return format.name == "prometheus_text"; }));
}

TEST_CASE("prometheus_text: a quantile of a summary that observed nothing is no 0", "[sources]") {
    const auto recording = read(data_file("prometheus_api/exposition_text.prom"));
    CHECK_THAT(value_of_entry(run_called(recording, ""),
                              "http_request_duration_microseconds{handler=\"/\",quantile=\"0.5\"}"),
               has("has no observation"));
}

TEST_CASE("prometheus_text: text without a TYPE line is not recognised, and read when forced",
          "[sources]") {
    CHECK_FALSE(recognises_prometheus_text(document("a 1\n")));
    CHECK_FALSE(recognises_prometheus_text(document("# TYPE of thing\na 1\n")));
    CHECK_FALSE(recognises_prometheus_text(document("id,pred\n1,2\n")));
    CHECK(value_in("a 1\n", "a") == "1");
}

TEST_CASE("prometheus_text: values are numbers in all of Prometheus' spellings", "[sources]") {
    CHECK(value_in("a NaN\n", "a") == "nan");
    CHECK(value_in("a +Inf\n", "a") == "inf");
    CHECK(value_in("a -Inf\n", "a") == "-inf");
    CHECK(value_in("a 5.4e+07\n", "a") == "54000000");
    CHECK(value_in("a +1\n", "a") == "1");
    CHECK(value_in("a 1 1395066363000\n", "a") == "1");
    CHECK_THAT(problems_of(read("b 1\na 1,5\n")), has("metrics:2:3: found '1,5', wanted a number"));
    CHECK_THAT(problems_of(read("a\n")), has("the line ends, wanted a number"));
    CHECK_THAT(problems_of(read("a 1 x\n")), has("metrics:1:5: found 'x', wanted a time"));
    CHECK_THAT(problems_of(read("a {count:3,sum:1}\n")), has("native histogram"));
    CHECK_THAT(problems_of(read("a{b=\"c\"} {count:3}\n")), has("native histogram"));
}

TEST_CASE("prometheus_text: labels are sorted into the name, escapes and UTF-8 names are read",
          "[sources]") {
    CHECK(value_in("a{z=\"1\", b=\"x\\\"y\\\\n\\n\",} 1\n", R"(a{b="x\"y\\n\n",z="1"})") == "1");
    CHECK(value_in("{\"my.metric\",\"a b\"=\"c\"} 2\n", R"({"my.metric","a b"="c"})") == "2");
    CHECK_THAT(problems_of(read("a{b=\"c} 1\n")), has("wanted the quote that ends a text"));
    CHECK_THAT(problems_of(read("a{b=\"c\",b=\"d\"} 1\n")), has("did not stand before"));
    CHECK_THAT(problems_of(read("a{b=\"\\x\"} 1\n")), has("after a backslash"));
    CHECK_THAT(problems_of(read("a{b} 1\n")), has("wanted the name of a label and ="));
    CHECK_THAT(problems_of(read("9a 1\n")), has("wanted the name of a metric"));
}

TEST_CASE("prometheus_text: one series twice is a problem", "[sources]") {
    CHECK_THAT(problems_of(read("a{x=\"1\",y=\"2\"} 1\nb 1\na{y=\"2\",x=\"1\"} 1\n")),
               has("metrics:3:1: 'a{x=\"1\",y=\"2\"}' stands twice (first in line 1)"));
}

TEST_CASE("prometheus_text: a histogram becomes quantiles, with the bucket they lie in",
          "[sources]") {
    const auto recording = read(histogram);
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "h.p50") == "0.5");
    CHECK(value_of_entry(run, "h.p90") == "1");
    CHECK(value_of_entry(run, "h.mean") == "0.6");
    CHECK(std::get<metricgate::evidence::Scalar>(entry_called(run, "h.p50").evidence).n == 10U);
    CHECK(entry_called(run, "h.p50").conditions.at("buckets") == "0.1, 0.5, 1, +Inf");
    CHECK_THAT(notes_of(run), has("'h' is read from buckets: p50 lies between 0.1 and 0.5, p90 "
                                  "lies between 0.5 and 1"));
    // Prometheus answers the highest finite bound here, which may be far below.
    CHECK_THAT(value_of_entry(run, "h.p95"), has("has its p95 outside the finite buckets"));
}

TEST_CASE("prometheus_text: buckets that cannot be right are flaws", "[sources]") {
    const auto flaw_with = [&](const std::string& from, const std::string& to) {
        std::string text = histogram;
        text.replace(text.find(from), from.size(), to);
        return value_in(text, "h.p50");
    };
    CHECK_THAT(flaw_with("h_count 10", "h_count 11"), has("count that is not that of its bucket"));
    CHECK_THAT(flaw_with("h_bucket{le=\"+Inf\"} 10\n", ""), has("no bucket le=\"+Inf\""));
    CHECK_THAT(flaw_with("h_bucket{le=\"1\"} 9", "h_bucket{le=\"1\"} 4"),
               has("fewer observations"));
    CHECK_THAT(flaw_with("h_bucket{le=\"1\"} 9", "h_bucket{le=\"0.50\"} 9"), has("twice"));
    CHECK_THAT(flaw_with("h_bucket{le=\"1\"} 9", "h_bucket{le=\"x\"} 9"), has("is no number"));
    CHECK_THAT(flaw_with("h_bucket{le=\"1\"} 9", "h_bucket{le=\"1\"} NaN"), has("is no number"));
    CHECK_THAT(value_in("h_bucket{le=\"1\"} 0\nh_bucket{le=\"+Inf\"} 0\n", "h.p50"),
               has("has no observation"));
}

TEST_CASE("prometheus_text: OpenMetrics has units and exemplars; times of creation are no metrics",
          "[sources]") {
    const auto recording = read(openmetrics);
    const Run& run = run_called(recording, "");
    CHECK(value_of_entry(run, "jobs_total{kind=\"ok\"}") == "17");
    CHECK(entry_called(run, "lag_seconds").unit == "seconds");
    CHECK(value_of_entry(run, "jobs_created{kind=\"ok\"}") == "none");
    CHECK(notes_of(run).find("no mark at its end") == std::string::npos);
    CHECK_THAT(problems_of(read(openmetrics + "a 1\n")), has("more after # EOF"));
}

TEST_CASE("prometheus_text: values at several times are a series, and give counters a rate",
          "[sources]") {
    const auto recording = read(
        "# TYPE jobs counter\njobs_total 10 100\njobs_total 30 110.5\njobs_total 5 120\n# EOF\n");
    const Run& run = run_called(recording, "");
    CHECK(points_of(run, "jobs_total") == "100000:10 110500:30 120000:5");
    // 20 before a restart and 5 after it, in 20 seconds.
    CHECK(value_of_entry(run, "rate(jobs_total)") == "1.25");
    const auto& rate =
        std::get<metricgate::evidence::Scalar>(entry_called(run, "rate(jobs_total)").evidence);
    CHECK(rate.events == 25U);
    CHECK(rate.exposure == 20.0);
    CHECK_THAT(problems_of(read("a 1 5\na 2 4\n")), has("do not follow one another in time"));
}

TEST_CASE("prometheus_text: a cut file is a problem, but for whole lines of the older format",
          "[sources]") {
    const auto read_part = [](const std::string& part) { return read(part).ok(); };
    // Everything before the mark is there, and so is the mark: only the last line end is not.
    CHECK(accepted_cuts(openmetrics, read_part) ==
          std::vector<std::size_t>{openmetrics.size() - 1});
    const auto accepted = accepted_cuts(histogram, read_part);
    for (const std::size_t length : accepted) {
        CHECK(histogram[length - 1] == '\n');
        CHECK_THAT(notes_of(run_called(read(histogram.substr(0, length)), "")),
                   has("had it been cut after a whole line"));
    }
    const std::string real = data_file("prometheus_api/exposition_text.prom").substr(0, 3000);
    for (const std::size_t length : accepted_cuts(real, read_part)) {
        CHECK(real[length - 1] == '\n');
    }
}
