#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("mse is the mean squared error", "[metrics]") {
    CHECK(test::of_regression("mse", {3.0, -0.5, 2.0, 7.0}, {2.5, 0.0, 2.0, 8.0}).number() ==
          0.375);
}

TEST_CASE("mse equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_diabetes_regression", test::diabetes, "mse", "mse");
}
