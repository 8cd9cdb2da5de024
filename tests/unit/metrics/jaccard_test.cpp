#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("jaccard is the overlap of predicted and labelled examples", "[metrics]") {
    CHECK_THAT(test::of_binary("jaccard", {1, 1, 1, 1, 0}, {1, 1, 0, 0, 1}).number(),
               WithinAbs(0.4, 1e-15));
}

TEST_CASE("jaccard averages over classes as scikit-learn does", "[metrics]") {
    // scikit-learn 1.9.1: jaccard_score(y, p, average="macro"), "micro"
    const auto examples =
        test::multiclass_examples(3, {0, 1, 2, 2, 1, 0}, {0, 2, 2, 2, 1, 1}, {0, 2, 2, 2, 1, 1});
    CHECK_THAT(test::value_in(examples, "{name: jaccard, average: macro}").number(),
               WithinAbs(0.5, 1e-15));
    CHECK_THAT(test::value_in(examples, "{name: jaccard, average: micro}").number(),
               WithinAbs(0.5, 1e-15));
}

TEST_CASE("jaccard without labels and predictions of the class is undefined", "[metrics]") {
    CHECK_FALSE(test::of_binary("jaccard", {0, 0}, {0, 0}).defined());
    CHECK(test::of_binary("{name: jaccard, when_undefined: 0}", {0, 0}, {0, 0}).number() == 0.0);
}
