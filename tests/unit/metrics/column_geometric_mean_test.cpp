#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("\"geometric_mean\" summarises a value column", "[metrics]") {
    // SciPy 1.17.1: stats.gmean([2, 8, 4, 1]).
    const auto examples = test::value_examples("cost", {1.0, 1.0, 1.0, 1.0}, {2.0, 8.0, 4.0, 1.0});
    const std::string metric = "{name: cost, stat: geometric_mean, direction: lower}";
    CHECK(bound(metric).definition->name == "geometric_mean");
    CHECK(bound(metric).title == "cost geometric_mean");
    CHECK_THAT(test::value_in(examples, metric).number(), WithinAbs(2.82842712474619, 1e-14));
}

TEST_CASE("a geometric mean may be of ratios to another column", "[metrics]") {
    // SciPy 1.17.1: stats.gmean(v / ref) of [2, 8, 4, 1] and [1, 2, 4, 0.5].
    auto examples = test::value_examples("cost", {1.0, 1.0, 1.0, 1.0}, {2.0, 8.0, 4.0, 1.0});
    for (auto& side : examples.sides) {
        side.values["naive"].values = {1.0, 2.0, 4.0, 0.5};
    }
    const std::string metric =
        "{name: cost, stat: geometric_mean, relative_to: naive, direction: lower}";
    CHECK(bound(metric).title == "cost geometric_mean relative to naive");
    CHECK_THAT(test::value_in(examples, metric).number(), WithinAbs(2.0, 1e-14));
    examples.sides[1].values["naive"].values[2] = 0.0;
    CHECK(test::value_in(examples, metric).reason() ==
          "a ratio needs a reference above 0; example row 3");
    examples.sides[1].values.erase("naive");
    CHECK(test::value_in(examples, metric).reason() == "no column for naive (candidate)");
}

TEST_CASE("a geometric mean of extreme values neither overflows nor vanishes", "[metrics]") {
    const auto examples = test::value_examples("cost", {1.0, 1.0}, {1e300, 1e-300});
    CHECK_THAT(
        test::value_in(examples, "{name: cost, stat: geometric_mean, direction: lower}").number(),
        WithinAbs(1.0, 1e-12));
}

TEST_CASE("a value that is not above 0 has no geometric mean", "[metrics]") {
    for (const double value : {0.0, -2.0}) {
        const auto examples = test::value_examples("cost", {1.0, 1.0}, {4.0, value});
        CHECK(test::value_in(examples, "{name: cost, stat: geometric_mean, direction: lower}")
                  .reason() == "a geometric mean needs values above 0; example row 2");
    }
}
