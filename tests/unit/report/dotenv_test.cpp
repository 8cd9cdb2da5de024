#include "report/catalog.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

namespace {

std::string rendered(const verdict::GateResult& result) {
    return report::find("dotenv")->render(result, {});
}

}  // namespace

TEST_CASE("later steps read the verdict, the exit code and every count as variables", "[report]") {
    CHECK(rendered(tests::sample_fail()) ==
          "METRICGATE_VERDICT=fail\n"
          "METRICGATE_EXIT_CODE=1\n"
          "METRICGATE_DECLARED=5\n"
          "METRICGATE_EVALUATED=5\n"
          "METRICGATE_PASS=1\n"
          "METRICGATE_REGRESSED=1\n"
          "METRICGATE_VIOLATED=1\n"
          "METRICGATE_INCONCLUSIVE=1\n"
          "METRICGATE_MISSING=1\n"
          "METRICGATE_INCOMPARABLE=0\n"
          "METRICGATE_NO_BASELINE=0\n"
          "METRICGATE_NEW=0\n"
          "METRICGATE_SKIPPED=0\n"
          "METRICGATE_WAIVED=0\n"
          "METRICGATE_ERROR=0\n");
}

TEST_CASE("names of inputs cannot become variables", "[report]") {
    auto result = tests::sample_fail();
    result.checks[0].rule.id = "x\nPATH=/tmp";
    result.policy.source = "p\nLD_PRELOAD=x";
    CHECK(rendered(result) == rendered(tests::sample_fail()));
}
