#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("f1 is the harmonic mean of precision and recall", "[metrics]") {
    // precision 2/3, recall 1/2
    const auto value = test::of_binary("f1", {1, 1, 1, 1, 0}, {1, 1, 0, 0, 1});
    CHECK_THAT(value.number(), WithinAbs(4.0 / 7.0, 1e-15));
}

TEST_CASE("f1 is 0 when nothing is hit, and undefined without labels and predictions",
          "[metrics]") {
    CHECK(test::of_binary("f1", {1, 0}, {0, 1}).number() == 0.0);
    CHECK_FALSE(test::of_binary("f1", {0, 0}, {0, 0}).defined());
    CHECK(test::of_binary("{name: f1, when_undefined: 1}", {0, 0}, {0, 0}).number() == 1.0);
}

TEST_CASE("macro f1 leaves out a class that occurs nowhere in the slice", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 1, 1}, {0, 1, 1}, {0, 1, 1});
    CHECK(test::value_in(examples, "{name: f1, average: macro}").number() == 1.0);
}

TEST_CASE("f1 equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "f1", "f1");
    test::check_models("sklearn_digits", test::digits, "f1_macro", "{name: f1, average: macro}");
    test::check_models("sklearn_digits", test::digits, "f1_micro", "{name: f1, average: micro}");
    test::check_models("sklearn_digits", test::digits, "f1_weighted",
                       "{name: f1, average: weighted}");
}
