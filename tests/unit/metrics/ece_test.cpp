#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

// Values on both kinds of edges are those of tests/reference/metrics.json, see reference_test.cpp.
TEST_CASE("ece is the mean gap between probability and outcome, bin by bin", "[metrics]") {
    // Bin (0.1, 0.2]: gap 0.15; bin (0.8, 0.9]: gap |1.75 - 1| / 2, of four examples.
    const auto value = test::of_scores("ece", {0, 0, 1, 0}, {0.15, 0.15, 0.85, 0.9});
    CHECK_THAT(value.number(), WithinAbs((0.3 + 0.75) / 4.0, 1e-15));
}

TEST_CASE("bins of ece are closed on the right, and 0 belongs to the first", "[metrics]") {
    // 0.2 shares the bin (0, 0.2] with 0, not with 0.3: gaps cancel within a bin.
    CHECK_THAT(test::of_scores("{name: ece, bins: 5}", {0, 1, 0}, {0.0, 0.2, 0.3}).number(),
               WithinAbs((0.8 + 0.3) / 3.0, 1e-15));
    // 0.3 is the double below 3 * 0.1 and belongs to (0.2, 0.3].
    CHECK_THAT(test::of_scores("ece", {0, 1}, {0.3, 0.25}).number(), WithinAbs(0.225, 1e-15));
}

TEST_CASE("ece of one class, of constant scores and of perfect ones is defined", "[metrics]") {
    CHECK_THAT(test::of_scores("ece", {1, 1, 1}, {0.2, 0.9, 0.6}).number(),
               WithinAbs(1.3 / 3.0, 1e-15));
    CHECK_THAT(test::of_scores("ece", {0, 1}, {0.3, 0.3}).number(), WithinAbs(0.2, 1e-15));
    CHECK(test::of_scores("ece", {0, 1}, {0.0, 1.0}).number() == 0.0);
}

TEST_CASE("ece of a score that is no probability is undefined", "[metrics]") {
    CHECK(test::of_scores("ece", {0, 1}, {0.5, 1.5}).reason() ==
          "scores must be probabilities in [0, 1]; example row 2");
}
