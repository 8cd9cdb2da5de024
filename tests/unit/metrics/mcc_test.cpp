#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("mcc is 1 for right, -1 for inverted predictions", "[metrics]") {
    CHECK(test::of_binary("mcc", {1, 0, 1, 0}, {1, 0, 1, 0}).number() == 1.0);
    CHECK(test::of_binary("mcc", {1, 0, 1, 0}, {0, 1, 0, 1}).number() == -1.0);
}

TEST_CASE("mcc with labels or predictions of one class is undefined, not 0", "[metrics]") {
    CHECK(test::of_binary("mcc", {0, 0}, {0, 1}).reason() ==
          "all labels are of one class, so MCC is undefined");
    CHECK(test::of_binary("mcc", {0, 1}, {0, 0}).reason() ==
          "all predictions are of one class, so MCC is undefined");
    CHECK(test::of_binary("{name: mcc, when_undefined: 0}", {0, 1}, {0, 0}).number() == 0.0);
}

TEST_CASE("mcc equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "mcc", "mcc");
}
