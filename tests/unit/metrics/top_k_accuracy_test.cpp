#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

evidence::Examples three_classes(const std::vector<std::vector<double>>& scores,
                                 const std::vector<std::uint32_t>& labels) {
    return test::ExamplesBuilder()
        .class_names({"a", "b", "c"})
        .labels(labels)
        .class_scores(scores, scores)
        .build();
}

}  // namespace

TEST_CASE("top_k_accuracy counts labels among the k classes with the largest scores", "[metrics]") {
    const auto examples =
        three_classes({{.7, .2, .1, .1}, {.2, .5, .3, .2}, {.1, .3, .6, .7}}, {0, 2, 1, 0});
    CHECK(test::value_in(examples, "{name: top_k_accuracy, k: 1}").number() == 0.25);
    CHECK(test::value_in(examples, "{name: top_k_accuracy, k: 2}").number() == 0.75);
}

TEST_CASE("of equal scores the last class goes first, as in scikit-learn", "[metrics]") {
    // scikit-learn 1.9.1: top_k_accuracy_score([0], [[.4, .4, .2]], k=1, labels=[0, 1, 2]) is 0
    CHECK(test::value_in(three_classes({{.4}, {.4}, {.2}}, {0}), "{name: top_k_accuracy, k: 1}")
              .number() == 0.0);
    CHECK(test::value_in(three_classes({{.4}, {.4}, {.2}}, {1}), "{name: top_k_accuracy, k: 1}")
              .number() == 1.0);
}

TEST_CASE("top_k_accuracy with all classes counts everything and is undefined", "[metrics]") {
    const auto examples = three_classes({{.4}, {.4}, {.2}}, {0});
    CHECK(test::value_in(examples, "{name: top_k_accuracy, k: 3}").reason() ==
          "the first 3 of 3 classes are all of them, so that every example would count as right; "
          "`k` must be smaller");
}

TEST_CASE("top_k_accuracy weighs examples", "[metrics]") {
    auto examples = three_classes({{.7, .2}, {.2, .5}, {.1, .3}}, {0, 0});
    examples.weight = test::number_column({3.0, 1.0});
    CHECK(test::value_in(examples, "{name: top_k_accuracy, k: 1}").number() == 0.75);
}
