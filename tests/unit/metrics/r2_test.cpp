#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("r2 is the share of variance explained", "[metrics]") {
    CHECK_THAT(test::of_regression("r2", {3.0, -0.5, 2.0, 7.0}, {2.5, 0.0, 2.0, 8.0}).number(),
               WithinAbs(0.9486081370449679, 1e-14));
    CHECK_THAT(test::of_regression("r2", {1.0, 2.0, 3.0}, {3.0, 2.0, 1.0}).number(),
               WithinAbs(-3.0, 1e-14));
}

TEST_CASE("r2 of a constant target is undefined, however awkward the constant", "[metrics]") {
    for (const double constant : {0.0, 2.0, 0.1, 1e-300, 1e17, -0.7}) {
        const std::vector<double> targets(49, constant);
        CHECK_FALSE(test::of_regression("r2", targets, targets).defined());
    }
    CHECK_FALSE(test::of_regression("r2", {1.0}, {2.0}).defined());
}

TEST_CASE("r2 keeps its digits when targets are far from 0", "[metrics]") {
    const double far = 1e9;
    CHECK_THAT(test::of_regression("r2", {far + 1, far + 2, far + 3, far + 4},
                                   {far + 1.5, far + 2, far + 2.5, far + 4})
                   .number(),
               WithinAbs(0.9, 1e-14));
}

TEST_CASE("r2 of resampled terms without spread is undefined", "[metrics]") {
    // One example drawn over and over: the offset from the mean is the same in every term.
    const double offset = 0.1 + 0.2;
    const double means[] = {1.0, offset, offset * offset};
    CHECK_FALSE(metrics::combine(bound("r2"), means).defined());
}

TEST_CASE("r2 equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_diabetes_regression", test::diabetes, "r2", "r2");
}
