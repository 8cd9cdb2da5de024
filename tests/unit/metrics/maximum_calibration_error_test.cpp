#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("maximum_calibration_error is the largest gap of any occupied bin", "[metrics]") {
    const auto value =
        test::of_scores("maximum_calibration_error", {0, 0, 1, 0}, {0.15, 0.15, 0.85, 0.9});
    CHECK_THAT(value.number(), WithinAbs(0.375, 1e-15));
}

TEST_CASE("maximum_calibration_error has two to a hundred bins", "[metrics]") {
    CHECK(test::bound("{name: maximum_calibration_error, bins: 15}").title ==
          "maximum_calibration_error (15 bins)");
    CHECK_THAT(test::of_scores("{name: maximum_calibration_error, bins: 2}", {0, 0, 1, 0},
                               {0.15, 0.15, 0.85, 0.9})
                   .number(),
               WithinAbs(0.375, 1e-15));
}
