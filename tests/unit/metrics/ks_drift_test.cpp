// Values of the kernels: tests/reference/drift.json.
#include "support/catch.h"
#include "unit/metrics/column_fixtures.h"

using namespace metricgate;
using test::finding;
using test::found;
using test::ramp;
using test::reason;
using test::remark;
using test::times;
using test::operator+;

TEST_CASE("ks_drift is the largest gap between the distribution functions", "[metrics]") {
    CHECK(found("ks_drift", ramp(10), ramp(10)) == 0.0);
    CHECK(found("ks_drift", ramp(10), ramp(10, 5)) == 0.5);
    CHECK(found("ks_drift", ramp(10), ramp(10, 20)) == 1.0);
}

TEST_CASE("ks_drift leaves empty cells out and says so", "[metrics]") {
    const auto result = finding("ks_drift", ramp(10), ramp(10) + times(3, ""));
    CHECK(result.candidate.number() == 0.0);
    CHECK(result.candidate_n == 10);
    CHECK(remark(result, "missing_values") ==
          "Empty cells are left out: 0 of 10 rows at the baseline, 3 of 13 rows at the candidate.");
}

TEST_CASE("ks_drift needs numbers on both sides", "[metrics]") {
    CHECK(reason("ks_drift", times(9, "a"), times(9, "b")).find("it compares numbers") == 0);
    CHECK(reason("ks_drift", ramp(9), times(9, "")) == "the candidate's column holds no value");
}

TEST_CASE("wasserstein is in the column's units, or in standard deviations", "[metrics]") {
    CHECK_THAT(found("wasserstein", ramp(10), ramp(10, 2)), WithinAbs(2.0, 1e-12));
    // The standard deviation of 0, ..., 9 is sqrt(55/6).
    CHECK_THAT(found("{name: wasserstein, scale: sd}", ramp(10), ramp(10, 2)),
               WithinAbs(2.0 / 3.0276503540974917, 1e-12));
    CHECK(reason("{name: wasserstein, scale: sd}", times(9, "5"), ramp(9)) ==
          "the baseline's column is constant and has no standard deviation to scale by");
    CHECK(found("wasserstein", times(9, "5"), times(9, "5")) == 0.0);
}
