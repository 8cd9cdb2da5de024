#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("flips counts the predictions that changed", "[metrics]") {
    const auto examples = test::binary_examples({1, 1, 0, 0}, {1, 0, 0, 1}, {0, 0, 0, 0});
    CHECK(test::value_in(examples, "flips").number() == 2.0);
}

TEST_CASE("negative_flips counts what was right and is wrong", "[metrics]") {
    const auto examples = test::binary_examples({1, 1, 0, 0}, {1, 0, 0, 1}, {0, 0, 0, 0});
    CHECK(test::value_in(examples, "negative_flips").number() == 1.0);
}

TEST_CASE("flips have no baseline value", "[metrics]") {
    const auto examples = test::binary_examples({1, 0}, {1, 0}, {1, 1});
    CHECK_FALSE(metrics::evaluate(bound("flips"), examples, evidence::Side::baseline,
                                  evidence::Rows::all(2))
                    .defined());
}

TEST_CASE("flips need no labels", "[metrics]") {
    const auto examples = test::ExamplesBuilder().predictions({0, 1}, {1, 1}).build();
    CHECK(test::value_in(examples, "flips").number() == 1.0);
    CHECK_FALSE(test::value_in(examples, "negative_flips").defined());
}
