#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("precision is the share of positive predictions that are right", "[metrics]") {
    CHECK(test::of_binary("precision", {1, 0, 1, 0}, {1, 1, 1, 1}).number() == 0.5);
}

TEST_CASE("precision without positive predictions is undefined, not 0", "[metrics]") {
    const auto value = test::of_binary("precision", {1, 0}, {0, 0});
    CHECK_FALSE(value.defined());
    CHECK(value.reason().find("class '1' has no predictions") != std::string::npos);
}

TEST_CASE("precision without positive predictions is what the policy says", "[metrics]") {
    CHECK(test::of_binary("{name: precision, when_undefined: 1}", {1, 0}, {0, 0}).number() == 1.0);
}

TEST_CASE("precision of no examples is undefined whatever the policy says", "[metrics]") {
    CHECK_FALSE(test::of_binary("{name: precision, when_undefined: 1}", {}, {}).defined());
}

TEST_CASE("macro precision names the class that is never predicted", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 1, 2}, {0, 1, 1}, {0, 1, 1});
    const auto value = test::value_in(examples, "{name: precision, average: macro}");
    CHECK_FALSE(value.defined());
    CHECK(value.reason().find("class '2'") != std::string::npos);
}

TEST_CASE("precision of more than two classes asks for an average", "[metrics]") {
    const auto examples = test::multiclass_examples(3, {0, 1, 2}, {0, 1, 2}, {0, 1, 2});
    const auto value = test::value_in(examples, "precision");
    CHECK(value.reason().find("`average: macro`") != std::string::npos);
    CHECK(value.reason().find("'0', '1' and '2'") != std::string::npos);
}

TEST_CASE("precision is no outcome, since predictions pick its examples", "[metrics]") {
    CHECK_FALSE(metrics::is_outcome(bound("precision")));
}

TEST_CASE("precision equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "precision", "precision");
    test::check_models("sklearn_digits", test::digits, "precision_macro",
                       "{name: precision, average: macro}");
}
