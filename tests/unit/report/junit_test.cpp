#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_junit.py reads "junit" reports with a schema and a parser of others.
using namespace metricgate;

namespace {

std::string junit(const verdict::GateResult& result) {
    return report::render_junit(result, {});
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a failed run as JUnit is this", "[report]") {
    const std::string text = junit(tests::sample_of(verdict::Status::regressed));
    CHECK(text == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="metricgate" tests="2" failures="2" errors="0" skipped="0">
    <testcase classname="metricgate" name="verdict">
      <failure type="fail" message="metricgate: FAIL">1 of 1 check evaluated or explained: 1 regressed.</failure>
    </testcase>
    <testcase classname=".metricgate.yaml" name="accuracy">
      <failure type="regressed" message="accuracy: regressed">it is so</failure>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("an undecided run is an error, although its open rows only warn", "[report]") {
    const std::string text = junit(tests::sample_of(verdict::Status::inconclusive));
    CHECK(holds(text, R"(tests="2" failures="0" errors="1" skipped="1")"));
    CHECK(holds(text, R"(<error type="undecided" message="metricgate: UNDECIDED">)"));
    CHECK(holds(text, R"(<skipped message="accuracy: inconclusive: it is so"/>)"));
}

TEST_CASE("a run that judged nothing is one error", "[report]") {
    CHECK(holds(junit({}), R"(tests="1" failures="0" errors="1" skipped="0")"));
}

TEST_CASE("text cannot leave its element or its attribute", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.id = R"("><x a='1'>]]>&#10;)";
    result.checks[0].reason = "]]></failure><!-- \xef\xbf\xbe \xef\xbf\xbf";
    const std::string text = junit(result);
    CHECK(holds(text, R"(name="&quot;&gt;&lt;x a=&apos;1&apos;&gt;]]&gt;&amp;#10;")"));
    CHECK(holds(text, R"(]]&gt;&lt;/failure&gt;&lt;!-- \u{fffe} \u{ffff}</failure>)"));
}
