#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("gini is 2 AUC - 1", "[metrics]") {
    CHECK(test::of_scores("gini", {0, 0, 1, 1}, {0.1, 0.4, 0.35, 0.8}).number() == 0.5);
    CHECK(test::of_scores("gini", {0, 1}, {0.8, 0.1}).number() == -1.0);
    CHECK_FALSE(test::of_scores("gini", {0, 0}, {0.8, 0.1}).defined());
}

TEST_CASE("gini tells comparisons its scale against the AUC", "[metrics]") {
    const auto& form = std::get<metrics::RanksForm>(bound("gini").definition->form);
    CHECK(form.auc_scale == 2.0);
    CHECK(form.auc_shift == -1.0);
}

TEST_CASE("gini equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "gini", "gini");
}
