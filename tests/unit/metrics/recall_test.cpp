#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("recall is the share of positives that are found", "[metrics]") {
    CHECK(test::of_binary("recall", {1, 1, 1, 1, 0}, {1, 1, 1, 0, 1}).number() == 0.75);
}

TEST_CASE("recall without positive labels is undefined, not 0", "[metrics]") {
    const auto value = test::of_binary("recall", {0, 0}, {0, 1});
    CHECK_FALSE(value.defined());
    CHECK(value.reason().find("class '1' has no labels") != std::string::npos);
    CHECK(test::of_binary("{name: recall, when_undefined: 0}", {0, 0}, {0, 1}).number() == 0.0);
}

TEST_CASE("recall of one class looks at that class only", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 1, 2, 2}, {0, 0, 0, 0}, {0, 0, 2, 1});
    CHECK(test::value_in(examples, "{name: recall, class: 2}").number() == 0.5);
    CHECK(test::value_in(examples, "{name: recall, class: 2.0}").number() == 0.5);
}

TEST_CASE("recall of a class that does not occur is refused by name", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 1, 2}, {0, 1, 2}, {0, 1, 2});
    const auto value = test::value_in(examples, "{name: recall, class: 7}");
    CHECK(value.reason().find("class '7' occurs neither") != std::string::npos);
}

TEST_CASE("recall is an outcome for one class and a function of cells when averaged", "[metrics]") {
    CHECK(metrics::is_outcome(bound("recall")));
    CHECK(metrics::is_outcome(bound("{name: recall, class: 3}")));
    CHECK_FALSE(metrics::is_outcome(bound("{name: recall, average: macro}")));
    CHECK_FALSE(metrics::is_outcome(bound("{name: recall, average: micro}")));
}

TEST_CASE("micro recall is accuracy", "[metrics]") {
    const auto examples = test::digits("tree");
    CHECK(test::value_in(examples, "{name: recall, average: micro}").number() ==
          test::value_in(examples, "accuracy").number());
}

TEST_CASE("recall equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "recall", "recall");
    test::check_models("sklearn_digits", test::digits, "recall_macro",
                       "{name: recall, average: macro}");
}
