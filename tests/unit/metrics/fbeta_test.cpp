#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("fbeta weighs recall beta times as much as precision", "[metrics]") {
    // precision 2/3, recall 1/2; F2 = 5 P R / (4 P + R)
    const auto value = test::of_binary("{name: fbeta, beta: 2}", {1, 1, 1, 1, 0}, {1, 1, 0, 0, 1});
    CHECK_THAT(value.number(), WithinAbs(5.0 / 3.0 / (8.0 / 3.0 + 0.5), 1e-15));
    CHECK(test::of_binary("{name: fbeta, beta: 1}", {1, 1, 1, 1, 0}, {1, 1, 0, 0, 1}).number() ==
          test::of_binary("f1", {1, 1, 1, 1, 0}, {1, 1, 0, 0, 1}).number());
}

TEST_CASE("fbeta averages over classes as scikit-learn does", "[metrics]") {
    // scikit-learn 1.9.1: fbeta_score(y, p, beta=2, average="macro"), beta=0.5, "weighted"
    const auto examples =
        test::multiclass_examples(3, {0, 1, 2, 2, 1, 0}, {0, 2, 2, 2, 1, 1}, {0, 2, 2, 2, 1, 1});
    CHECK_THAT(test::value_in(examples, "{name: fbeta, beta: 2, average: macro}").number(),
               WithinAbs(0.6548821548821548, 1e-15));
    CHECK_THAT(test::value_in(examples, "{name: fbeta, beta: 0.5, average: weighted}").number(),
               WithinAbs(0.6825396825396827, 1e-15));
}

TEST_CASE("fbeta without labels and predictions of the class is undefined", "[metrics]") {
    CHECK_FALSE(test::of_binary("{name: fbeta, beta: 2}", {0, 0}, {0, 0}).defined());
}
