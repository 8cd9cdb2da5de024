// Values of the kernels: tests/reference/drift.json. Here: which bins, and what cannot be judged.
#include <cmath>

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

TEST_CASE("psi cuts a numeric column at the baseline's quantiles and says where", "[metrics]") {
    const auto result = finding("{name: psi, bins: 4}", ramp(101), ramp(101));
    CHECK(result.candidate.number() == 0.0);
    CHECK(result.baseline_n == 101);
    CHECK(remark(result, "bins") ==
          "Bins: 4, cut at the baseline's quantiles 25, 50, 75; a value on an edge counts below "
          "it.");
    CHECK(remark(result, "empty_bins") == "Empty bins: a share below 0.0001 counts as 0.0001.");
}

TEST_CASE("psi takes text by category, and numbers that mean the same as one", "[metrics]") {
    CHECK(found("psi", times(3, "a") + times(1, "b"), times(1, "b") + times(3, "a")) == 0.0);
    CHECK(found("{name: psi, type: categorical}", times(2, "1") + times(2, "2"),
                times(2, "1.0") + times(2, "2")) == 0.0);
    const double half = found("psi", times(50, "a") + times(50, "b"), times(100, "a"));
    CHECK_THAT(half, WithinAbs(0.5 * std::log(2.0) + (0.5 - 1e-4) * std::log(0.5 / 1e-4), 1e-12));
}

TEST_CASE("csi is psi under the name of its use", "[metrics]") {
    CHECK(found("csi", ramp(100), ramp(100, 30)) == found("psi", ramp(100), ramp(100, 30)));
}

TEST_CASE("empty cells have a bin of their own, so that a vanishing column drifts", "[metrics]") {
    const auto result = finding("psi", ramp(100), ramp(50) + times(50, ""));
    CHECK(result.candidate.number() > 1.0);
    CHECK(remark(result, "missing_values") ==
          "Empty cells have a bin of their own: 0 of 100 rows at the baseline, 50 of 100 rows at "
          "the candidate.");
    CHECK(found("psi", ramp(100), times(100, "")) > 5.0);
}

TEST_CASE("a constant column sees any other value on either side of it", "[metrics]") {
    CHECK(found("psi", times(50, "5"), times(50, "5")) == 0.0);
    CHECK(found("psi", times(50, "5"), times(50, "4")) > 5.0);
    CHECK(found("psi", times(50, "5"), times(50, "6")) > 5.0);
    CHECK(found("{name: psi, closed: left}", times(50, "5"), times(50, "4")) > 5.0);
    CHECK(found("{name: psi, closed: left}", times(50, "5"), times(50, "6")) > 5.0);
    CHECK(finding("psi", times(50, "5"), times(50, "5")).noise->level == 0.0);
}

TEST_CASE("a column without values, or with NaN, has no distribution", "[metrics]") {
    CHECK(reason("psi", times(5, ""), ramp(5)) == "the baseline's column holds no value");
    CHECK(reason("psi", ramp(5), ramp(4) + times(1, "nan")).find("'nan'") != std::string::npos);
}

TEST_CASE("psi of undrifted samples is near its noise, far below its level", "[metrics]") {
    const auto result = finding("psi", ramp(1000), ramp(1000));
    REQUIRE(result.noise);
    CHECK_THAT(result.noise->mean, WithinAbs(9.0 * 2.0 / 1000.0, 0.001));
    CHECK_THAT(result.noise->level, WithinAbs(16.919 * 2.0 / 1000.0, 0.004));
    CHECK(result.noise->p == 1.0);
}
