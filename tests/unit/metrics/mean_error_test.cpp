#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("mean_error is above 0 when predictions are too high", "[metrics]") {
    CHECK(test::of_regression("mean_error", {3, -0.5, 2, 7}, {2.5, 0, 2, 8}).number() == 0.25);
    CHECK(test::of_regression("mean_error", {1}, {2}).number() == 1.0);
}

TEST_CASE("mean_error has no better direction", "[metrics]") {
    CHECK(metrics::find("mean_error")->undirected);
    CHECK_FALSE(metrics::find("mean_error")->no_margin.empty());
}
