#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_openmetrics.py reads "openmetrics" reports with Prometheus' parsers.
using namespace metricgate;

namespace {

std::string openmetrics(const verdict::GateResult& result) {
    return report::render_openmetrics(result, {});
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("gauges tell the verdict, the status and the numbers of each row", "[report]") {
    const std::string text = openmetrics(tests::sample_fail());
    CHECK(holds(text, "metricgate_verdict{verdict=\"pass\"} 0\n"));
    CHECK(holds(text, "metricgate_verdict{verdict=\"fail\"} 1\n"));
    CHECK(holds(text, "metricgate_exit_code 1\n"));
    CHECK(holds(text, "metricgate_checks{status=\"missing\"} 1\n"));
    CHECK(holds(text,
                "metricgate_check_status{check=\"accuracy\",slice=\"\",metric=\"accuracy\","
                "status=\"regressed\"} 1\n"));
    CHECK(holds(text,
                "metricgate_check_blocks{check=\"accuracy\",slice=\"\",metric=\"accuracy\"} "
                "1\n"));
    CHECK(holds(text,
                "metricgate_candidate{check=\"accuracy\",slice=\"\",metric=\"accuracy\"} "
                "0.871\n"));
    CHECK(text.ends_with("# EOF\n"));
}

TEST_CASE("numbers have at most six digits, because GitLab compares them as texts", "[report]") {
    auto result = tests::sample_fail();
    result.checks[1].comparison->delta = -0.1 - 0.2;
    CHECK(holds(openmetrics(result),
                "metricgate_change{check=\"accuracy\",slice=\"\",metric=\"accuracy\"} -0.3\n"));
}

TEST_CASE("a row that was not compared has a status and no numbers", "[report]") {
    const std::string text = openmetrics(tests::sample_of(verdict::Status::missing));
    CHECK(holds(text, "status=\"missing\"} 1\n"));
    CHECK_FALSE(holds(text, "metricgate_candidate"));
}

TEST_CASE("a waived row tells what it would be", "[report]") {
    CHECK(
        holds(openmetrics(tests::sample_mixed()), R"(status="waived",instead_of="regressed"} 1)"));
}

TEST_CASE("a label cannot end itself, its line, or what GitLab reads of it", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.metric = "a\"} 1\n# x\\";
    CHECK(holds(openmetrics(result), R"(metric="a\"} 1\\x0a\\x23 x\\~)"));
}

TEST_CASE("slices are a label of their own", "[report]") {
    CHECK(holds(openmetrics(tests::sample_undecided()),
                R"({check="recall-by-language",slice="language=tr",metric="recall"})"));
}
