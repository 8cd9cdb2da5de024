#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("accuracy is the share of right predictions", "[metrics]") {
    CHECK(test::of_binary("accuracy", {1, 0, 1, 1}, {1, 0, 0, 1}).number() == 0.75);
}

TEST_CASE("accuracy weighs examples", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({1, 0, 1})
                              .predictions({1, 1, 1}, {1, 1, 1})
                              .weights({1.0, 2.0, 0.5})
                              .build();
    CHECK_THAT(test::value_in(examples, "accuracy").number(), WithinAbs(1.5 / 3.5, 1e-15));
}

TEST_CASE("accuracy is an outcome on any number of classes", "[metrics]") {
    CHECK(metrics::is_outcome(bound("accuracy")));
    const auto examples = test::multiclass_examples(3, {0, 1, 2}, {0, 0, 0}, {0, 1, 0});
    CHECK_THAT(test::value_in(examples, "accuracy").number(), WithinAbs(2.0 / 3.0, 1e-15));
}

TEST_CASE("accuracy needs no confusion matrix of thousands of classes", "[metrics]") {
    std::vector<std::uint32_t> labels;
    for (std::uint32_t label = 0; label < 5000; ++label) {
        labels.push_back(label);
    }
    const auto examples = test::multiclass_examples(5000, labels, labels, labels);
    CHECK(test::value_in(examples, "accuracy").number() == 1.0);
    CHECK_FALSE(test::value_in(examples, "mcc").defined());
}

TEST_CASE("accuracy of no examples is undefined", "[metrics]") {
    const auto value = test::of_binary("accuracy", {}, {});
    CHECK_FALSE(value.defined());
    CHECK(value.reason() == "no examples");
}

TEST_CASE("accuracy equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "accuracy_at_0_5", "accuracy");
    test::check_models("sklearn_digits", test::digits, "accuracy", "accuracy");
}
