#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("cohen_kappa is agreement beyond chance", "[metrics]") {
    // Observed 0.8, by chance 0.5.
    CHECK_THAT(test::of_binary("cohen_kappa", {1, 0, 1, 1, 0, 1, 0, 0, 1, 0},
                               {1, 0, 0, 1, 0, 1, 1, 0, 1, 0})
                   .number(),
               WithinAbs(0.6, 1e-15));
}

TEST_CASE("cohen_kappa with labels of one class is undefined", "[metrics]") {
    CHECK_FALSE(test::of_binary("cohen_kappa", {0, 0, 0}, {0, 0, 0}).defined());
    CHECK_FALSE(test::of_binary("cohen_kappa", {0, 0, 0}, {0, 1, 0}).defined());
}

TEST_CASE("cohen_kappa of constant predictions is 0", "[metrics]") {
    CHECK(test::of_binary("cohen_kappa", {0, 1, 0, 1}, {0, 0, 0, 0}).number() == 0.0);
}

TEST_CASE("cohen_kappa equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_digits", test::digits, "kappa", "cohen_kappa");
}
