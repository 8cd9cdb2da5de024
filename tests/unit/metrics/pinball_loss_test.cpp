#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("pinball_loss weighs a shortfall by q and an excess by 1 - q", "[metrics]") {
    CHECK_THAT(test::of_regression("{name: pinball_loss, quantile: 0.9}", {10.0, 10.0}, {8.0, 11.0})
                   .number(),
               WithinAbs((0.9 * 2.0 + 0.1 * 1.0) / 2.0, 1e-15));
}

TEST_CASE("pinball_loss of the median is half of the mean absolute error", "[metrics]") {
    CHECK_THAT(
        test::of_regression("{name: pinball_loss, quantile: 0.5}", {3, -0.5, 2, 7}, {2.5, 0, 2, 8})
            .number(),
        WithinAbs(0.25, 1e-15));
}
