#include "support/catch.h"
#include "unit/metrics/metric_case.h"

#include <cmath>

using namespace metricgate;

// The other values are those of tests/reference/metrics.json (scikit-learn's ndcg_score), see
// reference_test.cpp.
TEST_CASE("ndcg is the mean over queries of the gain in order over the best possible gain",
          "[metrics]") {
    // One query ranked right, one the wrong way round: DCG 1 / log2(3) of 1.
    const auto value = test::of_ranking("ndcg", {0, 0, 1, 1}, {1, 0, 1, 0}, {2, 1, 1, 2});
    CHECK_THAT(value.number(), WithinAbs((1.0 + 1.0 / std::log2(3.0)) / 2.0, 1e-15));
}

TEST_CASE("ndcg of tied scores is the mean over their orders, in any order of rows", "[metrics]") {
    // scikit-learn 1.9.1: ndcg_score([[3, 0, 1, 2]], [[.5, .5, .5, .1]], k=3)
    const auto examples =
        test::ranking_examples({0, 0, 0, 0}, {3, 0, 1, 2}, {.5, .5, .5, .1}, {.5, .5, .5, .1});
    const auto value = test::value_in(examples, "{name: ndcg, k: 3}");
    CHECK_THAT(value.number(), WithinAbs(0.5966660014153452, 1e-12));
    CHECK(test::value_in(test::shuffled(examples), "{name: ndcg, k: 3}").number() ==
          value.number());
}

TEST_CASE("ndcg with k beyond the list takes the whole list", "[metrics]") {
    const std::vector<double> grades = {0, 2, 1};
    const std::vector<double> scores = {3, 2, 1};
    CHECK(test::of_ranking("{name: ndcg, k: 100}", {0, 0, 0}, grades, scores).number() ==
          test::of_ranking("ndcg", {0, 0, 0}, grades, scores).number());
}

TEST_CASE("ndcg of a query without a relevant result is undefined, or what the policy says",
          "[metrics]") {
    const auto examples =
        test::ranking_examples({0, 0, 1, 1}, {0, 0, 1, 0}, {2, 1, 2, 1}, {2, 1, 2, 1});
    CHECK(test::value_in(examples, "ndcg").reason() ==
          "a query without a relevant result has no NDCG (`when_undefined: 0` counts it as 0); "
          "query '0'");
    CHECK(test::value_in(examples, "{name: ndcg, when_undefined: 0}").number() == 0.5);
}

TEST_CASE("ndcg refuses grades below 0, and says of how many queries", "[metrics]") {
    CHECK(test::of_ranking("ndcg", {0, 1, 1}, {-1, -2, 1}, {1, 2, 1}).reason() ==
          "relevance (the label) must not be below 0; 2 queries, such as '0'");
}

TEST_CASE("constant scores rank at random: ndcg is the mean over all orders", "[metrics]") {
    // Two results, one relevant: first or second with equal chance.
    const auto value = test::of_ranking("ndcg", {0, 0}, {1, 0}, {7, 7});
    CHECK_THAT(value.number(), WithinAbs((1.0 + 1.0 / std::log2(3.0)) / 2.0, 1e-15));
}

TEST_CASE("the results of a query have one weight and one cluster", "[metrics]") {
    auto builder = test::ExamplesBuilder()
                       .targets({1, 0, 1, 0})
                       .queries({0, 0, 1, 1})
                       .scores({1, 2, 2, 1}, {1, 2, 2, 1});
    const auto even = builder.weights({1, 1, 3, 3}).build();
    CHECK_THAT(test::value_in(even, "mrr").number(), WithinAbs((0.5 + 3.0) / 4.0, 1e-15));
    const auto uneven = builder.weights({1, 2, 3, 3}).build();
    CHECK(test::value_in(uneven, "mrr").reason() ==
          "the results of a query must have one weight, as a ranking counts as a whole; query "
          "'0'");
    const auto torn = builder.weights({1, 1, 1, 1}).clusters({0, 0, 0, 1}).build();
    CHECK(test::value_in(torn, "mrr").reason() ==
          "the results of a query must lie in one cluster, as a ranking counts as a whole; query "
          "'1'");
}
