#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

evidence::Examples scored(const std::vector<std::uint32_t>& labels) {
    const std::vector<std::vector<double>> scores = {
        {.7, .2, .1, .3, .25, .4}, {.2, .5, .2, .4, .5, .35}, {.1, .3, .7, .3, .25, .25}};
    return test::ExamplesBuilder()
        .class_names({"a", "b", "c"})
        .labels(labels)
        .class_scores(scores, scores)
        .build();
}

}  // namespace

TEST_CASE("roc_auc_ovr is scikit-learn's macro average of one class against the rest",
          "[metrics]") {
    // scikit-learn 1.9.1: roc_auc_score(y, p, multi_class="ovr")
    CHECK_THAT(test::value_in(scored({0, 1, 2, 2, 1, 0}), "roc_auc_ovr").number(),
               WithinAbs(0.9791666666666666, 1e-14));
}

TEST_CASE("roc_auc_ovr without an example of a class is undefined", "[metrics]") {
    CHECK(test::value_in(scored({0, 1, 1, 1, 1, 0}), "roc_auc_ovr").reason() ==
          "class 'c' has a score but no example, so it has no area under the curve");
}

TEST_CASE("roc_auc_ovr refuses weights instead of ignoring them", "[metrics]") {
    auto examples = scored({0, 1, 2, 2, 1, 0});
    examples.weight = test::number_column({1, 1, 1, 1, 1, 2});
    CHECK(test::value_in(examples, "roc_auc_ovr").reason() ==
          "areas of several classes are not offered with weights; leave the weight out");
}
