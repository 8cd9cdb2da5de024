#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("balanced_accuracy is the mean recall of the classes", "[metrics]") {
    CHECK(test::of_binary("balanced_accuracy", {1, 1, 1, 1, 0}, {1, 1, 1, 0, 1}).number() == 0.375);
}

TEST_CASE("balanced_accuracy leaves out classes without labels", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 0, 1, 1}, {0, 2, 1, 1}, {0, 2, 1, 1});
    CHECK(test::value_in(examples, "balanced_accuracy").number() == 0.75);
}

TEST_CASE("balanced_accuracy equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_digits", test::digits, "balanced_accuracy", "balanced_accuracy");
}
