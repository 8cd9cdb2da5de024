#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("rmse is the root of the mean squared error", "[metrics]") {
    CHECK(test::of_regression("rmse", {0.0, 0.0, 0.0, 0.0}, {2.0, 2.0, -2.0, 2.0}).number() == 2.0);
}

TEST_CASE("rmse of errors too large to square is undefined", "[metrics]") {
    CHECK_FALSE(test::of_regression("rmse", {0.0, 1.0}, {1e200, 1.0}).defined());
}

TEST_CASE("rmse equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_diabetes_regression", test::diabetes, "rmse", "rmse");
}
