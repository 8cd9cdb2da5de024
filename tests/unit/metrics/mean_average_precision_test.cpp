#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("mean_average_precision is the mean of scikit-learn's average precision", "[metrics]") {
    // scikit-learn 1.9.1: average_precision_score([1, 0, 1, 0, 1], [5, 4, 3, 2, 1]) = 0.7556,
    // average_precision_score([0, 1, 1, 0], [.5, .5, .3, .1]) = 0.5833
    const auto value =
        test::of_ranking("mean_average_precision", {0, 0, 0, 0, 0, 1, 1, 1, 1},
                         {1, 0, 1, 0, 1, 0, 1, 1, 0}, {5, 4, 3, 2, 1, .5, .5, .3, .1});
    CHECK_THAT(value.number(), WithinAbs((0.7555555555555555 + 0.5833333333333333) / 2, 1e-15));
}

TEST_CASE("mean_average_precision without a relevant result is undefined", "[metrics]") {
    CHECK(test::of_ranking("mean_average_precision", {0, 1}, {1, 0}, {1, 2}).reason() ==
          "a query without a relevant result has no average precision (`when_undefined: 0` counts "
          "it as 0); query '1'");
    CHECK(test::of_ranking("{name: mean_average_precision, when_undefined: 0}", {0, 1}, {1, 0},
                           {1, 2})
              .number() == 0.5);
}

TEST_CASE("constant scores are one step: the share of relevant results", "[metrics]") {
    CHECK(test::of_ranking("mean_average_precision", {0, 0, 0, 0}, {1, 0, 0, 0}, {1, 1, 1, 1})
              .number() == 0.25);
}
