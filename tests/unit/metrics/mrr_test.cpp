#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("mrr is the mean over queries of 1 / place of the first relevant result", "[metrics]") {
    const auto value = test::of_ranking("mrr", {0, 0, 0, 1, 1}, {0, 2, 1, 1, 0}, {3, 2, 1, 2, 1});
    CHECK(value.number() == 0.75);
}

TEST_CASE("mrr counts a query without a relevant result, or none within k, as 0", "[metrics]") {
    CHECK(test::of_ranking("mrr", {0, 0}, {0, 0}, {2, 1}).number() == 0.0);
    const std::vector<double> grades = {0, 0, 1};
    CHECK(test::of_ranking("{name: mrr, k: 2}", {0, 0, 0}, grades, {3, 2, 1}).number() == 0.0);
    CHECK_THAT(test::of_ranking("{name: mrr, k: 3}", {0, 0, 0}, grades, {3, 2, 1}).number(),
               WithinAbs(1.0 / 3.0, 1e-15));
}

TEST_CASE("mrr of tied scores is the mean over all their orders", "[metrics]") {
    // Two of three tied results are relevant: first with 2/3, else second.
    CHECK_THAT(test::of_ranking("mrr", {0, 0, 0, 0}, {3, 0, 1, 2}, {.5, .5, .5, .1}).number(),
               WithinAbs(2.0 / 3.0 + 0.5 / 3.0, 1e-15));
    // One of four: every place with 1/4; behind the cut it counts 0.
    const std::vector<double> grades = {0, 0, 1, 0};
    const std::vector<double> scores = {1, 1, 1, 1};
    CHECK_THAT(test::of_ranking("mrr", {0, 0, 0, 0}, grades, scores).number(),
               WithinAbs((1.0 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 4, 1e-15));
    CHECK_THAT(test::of_ranking("{name: mrr, k: 2}", {0, 0, 0, 0}, grades, scores).number(),
               WithinAbs((1.0 + 1.0 / 2) / 4, 1e-15));
}
