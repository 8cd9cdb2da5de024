#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("roc_auc counts pairs, ties half", "[metrics]") {
    CHECK(test::of_scores("roc_auc", {0, 0, 1, 1}, {0.1, 0.4, 0.35, 0.8}).number() == 0.75);
    CHECK(test::of_scores("roc_auc", {0, 1, 1, 0}, {0.3, 0.3, 0.3, 0.3}).number() == 0.5);
    CHECK(test::of_scores("roc_auc", {0, 1}, {0.0, -0.0}).number() == 0.5);
}

TEST_CASE("roc_auc takes scores of any size", "[metrics]") {
    CHECK(test::of_scores("roc_auc", {0, 1, 0, 1}, {-1e300, 1e300, -5.0, -4.0}).number() == 1.0);
}

TEST_CASE("roc_auc with one class is undefined", "[metrics]") {
    const auto positives = test::ExamplesBuilder()
                               .class_names({"0", "1"})
                               .labels({1, 1})
                               .scores({0.1, 0.2}, {0.1, 0.2})
                               .build();
    CHECK_FALSE(test::value_in(positives, "roc_auc").defined());
    CHECK(test::of_scores("roc_auc", {0, 0}, {0.1, 0.2}).reason() ==
          "no label is of the positive class; both classes are needed");
}

TEST_CASE("roc_auc of a NaN score is undefined", "[metrics]") {
    CHECK_FALSE(test::of_scores("roc_auc", {0, 1, 1}, {0.1, std::nan(""), 0.3}).defined());
}

TEST_CASE("roc_auc needs labels of two classes", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({0, 1, 2})
                              .positive(1)
                              .scores({0.1, 0.2, 0.3}, {0.1, 0.2, 0.3})
                              .build();
    CHECK(test::value_in(examples, "roc_auc").reason().find("labels of two classes") !=
          std::string::npos);
}

TEST_CASE("roc_auc of weighted examples is the weighted share of pairs", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({1, 0, 1, 0})
                              .scores({0.9, 0.5, 0.5, 0.1}, {0.9, 0.5, 0.5, 0.1})
                              .weights({0.3, 0.7, 1.1, 0.2})
                              .build();
    const double area = (0.3 * 0.9 + 1.1 * 0.2 + 0.5 * 1.1 * 0.7) / (1.4 * 0.9);
    CHECK_THAT(test::value_in(examples, "roc_auc").number(), WithinAbs(area, 1e-15));
}

TEST_CASE("roc_auc equals scikit-learn's on real models", "[metrics]") {
    test::check_models("sklearn_breast_cancer", test::breast_cancer, "auc_roc", "roc_auc");
}
