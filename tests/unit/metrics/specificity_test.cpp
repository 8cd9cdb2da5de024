#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("specificity is the share of negatives that are left alone", "[metrics]") {
    CHECK(test::of_binary("specificity", {0, 0, 0, 0, 1}, {0, 0, 0, 1, 1}).number() == 0.75);
}

TEST_CASE("specificity is the recall of the other class", "[metrics]") {
    const auto examples = test::breast_cancer("stump");
    CHECK(test::value_in(examples, "specificity").number() ==
          test::value_in(examples, "{name: recall, class: 0}").number());
}

TEST_CASE("specificity without negatives is undefined", "[metrics]") {
    const auto value = test::of_binary("specificity", {1, 1}, {1, 0});
    CHECK_FALSE(value.defined());
    CHECK(value.reason().find("class '1' has every label") != std::string::npos);
}

TEST_CASE("specificity averages over classes", "[metrics]") {
    // Class 0: 3 of 3; class 1: 2 of 3; class 2: 2 of 2.
    const auto examples = test::multiclass_examples(3, {0, 1, 2, 2}, {0, 1, 2, 1}, {0, 1, 2, 1});
    CHECK_THAT(test::value_in(examples, "{name: specificity, average: macro}").number(),
               WithinAbs(8.0 / 9.0, 1e-15));
    CHECK_THAT(test::value_in(examples, "{name: specificity, average: micro}").number(),
               WithinAbs(7.0 / 8.0, 1e-15));
    CHECK_THAT(test::value_in(examples, "{name: specificity, average: weighted}").number(),
               WithinAbs((1.0 + 2.0 / 3.0 + 2.0) / 4.0, 1e-15));
}

TEST_CASE("specificity is an outcome of the labels outside the class", "[metrics]") {
    CHECK(metrics::is_outcome(bound("specificity")));
    CHECK_FALSE(metrics::is_outcome(bound("{name: specificity, average: weighted}")));
}
