#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_tap.py reads "tap" reports with Perl's TAP::Parser.
using namespace metricgate;

namespace {

std::string tap(const verdict::GateResult& result) {
    return report::render_tap(result, {});
}

}  // namespace

TEST_CASE("a failed run as TAP is this", "[report]") {
    CHECK(tap(tests::sample_of(verdict::Status::missing)) == R"(TAP version 13
1..2
not ok 1 - verdict
  ---
  status: "fail"
  message: "1 of 1 check evaluated or explained: 1 missing."
  ...
not ok 2 - accuracy
  ---
  status: "missing"
  message: "it is so"
  ...
)");
}

TEST_CASE("an open row is not ok, and says that it does not block", "[report]") {
    const std::string text = tap(tests::sample_of(verdict::Status::inconclusive));
    CHECK(text.find("not ok 1 - verdict\n") != std::string::npos);
    CHECK(text.find("not ok 2 - accuracy # TODO does not block: inconclusive\n") !=
          std::string::npos);
}

TEST_CASE("a skipped row gives its reason", "[report]") {
    CHECK(tap(tests::sample_pass()).find("ok 5 - recall-tr # SKIP 40 examples, 100 wanted\n") !=
          std::string::npos);
}

TEST_CASE("a name cannot make a directive", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.id = "a # TODO b\\# SKIP c";
    CHECK(tap(result).find("not ok 2 - a \\# TODO b\\\\\\# SKIP c\n") != std::string::npos);
}

TEST_CASE("a run that judged nothing is not ok", "[report]") {
    CHECK(tap({}).starts_with("TAP version 13\n1..1\nnot ok 1 - verdict\n"));
}
