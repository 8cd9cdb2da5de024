#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("precision_at_k is the share of relevant results among the first k", "[metrics]") {
    const auto value = test::of_ranking("{name: precision_at_k, k: 2}", {0, 0, 0, 1, 1},
                                        {1, 0, 1, 1, 2}, {3, 2, 1, 2, 1});
    CHECK(value.number() == 0.75);
}

TEST_CASE("precision_at_k counts the places that a short list leaves empty as not relevant",
          "[metrics]") {
    CHECK(test::of_ranking("{name: precision_at_k, k: 10}", {0, 0}, {1, 1}, {2, 1}).number() ==
          0.2);
}

TEST_CASE("precision_at_k of a tie across the cut is the mean over all orders", "[metrics]") {
    // One place is left for three tied results, two of them relevant.
    CHECK_THAT(
        test::of_ranking("{name: precision_at_k, k: 2}", {0, 0, 0, 0}, {0, 1, 1, 0}, {9, 1, 1, 1})
            .number(),
        WithinAbs(2.0 / 3.0 / 2.0, 1e-15));
}

TEST_CASE("precision_at_k is 0 for a query without a relevant result", "[metrics]") {
    CHECK(test::of_ranking("{name: precision_at_k, k: 1}", {0, 0}, {0, 0}, {2, 1}).number() == 0.0);
}
