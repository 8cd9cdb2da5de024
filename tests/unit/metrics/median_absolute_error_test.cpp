#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("median_absolute_error is not moved by a few large errors", "[metrics]") {
    CHECK(test::of_regression("median_absolute_error", {3, -0.5, 2, 7}, {2.5, 0, 2, 8}).number() ==
          0.5);
    CHECK(test::of_regression("median_absolute_error", {1, 2, 3}, {1, 2.5, 1000}).number() == 0.5);
}

TEST_CASE("median_absolute_error refuses weights instead of ignoring them", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .targets({1, 2})
                              .predicted_numbers({1, 3}, {1, 3})
                              .weights({1, 2})
                              .build();
    CHECK(test::value_in(examples, "median_absolute_error").reason() ==
          "weighted quantiles are not offered; leave the weight out");
}
