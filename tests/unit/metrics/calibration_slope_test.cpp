#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

const std::vector<std::uint32_t> labels = {0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0};
const std::vector<double> scores = {.1, .2, .3, .4, .45, .6, .55, .7, .8, .35, .9, .65};

}  // namespace

TEST_CASE("calibration_slope is the slope of the logistic regression on the logit", "[metrics]") {
    // statsmodels 0.15.0: Logit(y, add_constant(log(p / (1 - p)))).fit(tol=1e-14).params[1]
    CHECK_THAT(test::of_scores("calibration_slope", labels, scores).number(),
               WithinAbs(1.33043826, 1e-8));
}

TEST_CASE("calibration_slope weighs examples", "[metrics]") {
    // statsmodels 0.15.0: GLM(y, ..., Binomial(), freq_weights=w).fit(tol=1e-15).params[1]
    auto examples = test::scored_examples(labels, scores, scores);
    examples.weight = test::number_column({1, 2, 3, 1, 2, 1, 1, 2, 1, 3, 1, 2});
    CHECK_THAT(test::value_in(examples, "calibration_slope").number(), WithinAbs(0.98640045, 1e-8));
}

TEST_CASE("calibration_slope does not depend on the order of rows", "[metrics]") {
    const auto examples = test::scored_examples(labels, scores, scores);
    CHECK(test::value_in(test::shuffled(examples), "calibration_slope").number() ==
          test::value_in(examples, "calibration_slope").number());
}

TEST_CASE("calibration_slope says why it has no value", "[metrics]") {
    const auto reason = [](const std::vector<std::uint32_t>& truth,
                           const std::vector<double>& given) {
        return test::of_scores("calibration_slope", truth, given).reason();
    };
    CHECK(reason({1, 1, 1}, {.2, .3, .4}) ==
          "all labels are of the positive class; both classes are needed");
    CHECK(reason({0, 1, 1}, {.4, .4, .4}) == "the scores are all equal, so no slope can be told");
    CHECK(reason({0, 1, 1}, {.0, .4, .6}) ==
          "a score of exactly 0 or 1 has no logit; clip the scores");
    CHECK(reason({0, 1, 0}, {.3, 1.4, .6}) == "scores must be probabilities in (0, 1)");
    CHECK(reason({0, 0, 1}, {.1, .4, .6}) ==
          "a threshold separates the classes, so the slope has no finite value");
    CHECK(reason({1, 1, 0}, {.1, .4, .4}) ==
          "a threshold separates the classes, so the slope has no finite value");
}

TEST_CASE("scores that say nothing about the labels have a slope of 0", "[metrics]") {
    CHECK_THAT(test::of_scores("calibration_slope", {0, 1, 0, 1}, {.2, .2, .7, .7}).number(),
               WithinAbs(0.0, 1e-12));
}
