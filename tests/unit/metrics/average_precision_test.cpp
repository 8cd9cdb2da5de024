#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("average_precision takes tied scores as one step", "[metrics]") {
    CHECK_THAT(
        test::of_scores("average_precision", {0, 1, 1, 0, 1}, {0.3, 0.3, 0.3, 0.3, 0.3}).number(),
        WithinAbs(0.6, 1e-15));
}

TEST_CASE("average_precision needs positives only", "[metrics]") {
    const auto positives = test::ExamplesBuilder()
                               .class_names({"0", "1"})
                               .labels({1, 1})
                               .scores({0.1, 0.2}, {0.1, 0.2})
                               .build();
    CHECK(test::value_in(positives, "average_precision").number() == 1.0);
    CHECK(test::of_scores("average_precision", {0, 0}, {0.1, 0.2}).reason() ==
          "no label is of the positive class");
}

TEST_CASE("average_precision equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "average_precision",
                       "average_precision");
}
