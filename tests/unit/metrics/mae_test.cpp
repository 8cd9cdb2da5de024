#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("mae is the mean absolute error", "[metrics]") {
    CHECK(test::of_regression("mae", {3.0, -0.5, 2.0, 7.0}, {2.5, 0.0, 2.0, 8.0}).number() == 0.5);
}

TEST_CASE("mae of no examples is undefined", "[metrics]") {
    CHECK_FALSE(test::of_regression("mae", {}, {}).defined());
}

TEST_CASE("mae equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_diabetes_regression", test::diabetes, "mae", "mae");
}
