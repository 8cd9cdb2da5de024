#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("ks_separation is the largest gap of the two rates", "[metrics]") {
    CHECK(test::of_scores("ks_separation", {0, 0, 1, 1}, {0.1, 0.4, 0.35, 0.8}).number() == 0.5);
    CHECK(test::of_scores("ks_separation", {0, 1, 1}, {0.3, 0.3, 0.3}).number() == 0.0);
}

TEST_CASE("ks_separation of an inverted score is 0, not 1", "[metrics]") {
    CHECK(test::of_scores("ks_separation", {0, 0, 1, 1}, {1.0, 0.8, 0.2, 0.0}).number() == 0.0);
}

TEST_CASE("ks_separation with one class is undefined", "[metrics]") {
    CHECK_FALSE(test::of_scores("ks_separation", {0, 0}, {0.3, 0.4}).defined());
}

TEST_CASE("ks_separation equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "ks", "ks_separation");
}
