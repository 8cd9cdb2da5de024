#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("brier_score is the mean squared gap to the outcome", "[metrics]") {
    CHECK_THAT(test::of_scores("brier_score", {0, 0, 1, 1}, {0.1, 0.4, 0.35, 0.8}).number(),
               WithinAbs(0.158125, 1e-15));
}

TEST_CASE("brier_score of a score outside [0, 1] is undefined", "[metrics]") {
    CHECK_FALSE(test::of_scores("brier_score", {0, 1}, {0.5, -0.1}).defined());
}

TEST_CASE("brier_score equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "brier", "brier_score");
}
