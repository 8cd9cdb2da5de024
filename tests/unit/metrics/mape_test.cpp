#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("mape is a fraction of the target", "[metrics]") {
    CHECK_THAT(test::of_regression("mape", {10.0, -4.0}, {11.0, -3.0}).number(),
               WithinAbs(0.175, 1e-15));
}

TEST_CASE("mape with a target of 0 is undefined and says where", "[metrics]") {
    CHECK(test::of_regression("mape", {1.0, 0.0, 2.0, 0.0}, {1.0, 0.1, 2.0, 0.1}).reason() ==
          "a target of 0 has no relative error; 2 examples, such as row 2");
}
