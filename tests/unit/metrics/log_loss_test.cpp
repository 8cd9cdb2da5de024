#include <algorithm>
#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

namespace {

evidence::Examples three_classes(std::vector<double> of_last) {
    return test::ExamplesBuilder()
        .labels({0, 2})
        .class_names({"0", "1", "2"})
        .class_scores({{0.7, 0.1}, {0.2, 0.2}, of_last}, {{0.7, 0.1}, {0.2, 0.2}, of_last})
        .build();
}

}  // namespace

TEST_CASE("log_loss clips at the spacing of doubles at 1", "[metrics]") {
    CHECK_THAT(test::of_scores("log_loss", {0, 1}, {1.0, 0.0}).number(),
               WithinAbs(-std::log(2.220446049250313e-16), 1e-12));
}

TEST_CASE("log_loss of a score outside [0, 1] is undefined and names an example", "[metrics]") {
    const auto value = test::of_scores("log_loss", {0, 1}, {0.5, 1.5});
    CHECK(value.reason() == "scores must be probabilities in [0, 1]; example row 2");
}

TEST_CASE("log_loss reads class scores where there is no score", "[metrics]") {
    const auto value = test::value_in(three_classes({0.1, 0.7}), "log_loss");
    CHECK_THAT(value.number(), WithinAbs(-std::log(0.7), 1e-15));
}

TEST_CASE("log_loss does not change when class scores are read for another check", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.5, 0.5}, {0.5, 0.5});
    examples.sides[0].class_scores = {test::number_column({0.9, 0.1}),
                                      test::number_column({0.1, 0.9})};
    examples.sides[1].class_scores = examples.sides[0].class_scores;
    CHECK_THAT(test::value_in(examples, "log_loss").number(), WithinAbs(std::log(2.0), 1e-15));
}

TEST_CASE("log_loss refuses class scores that do not sum to 1", "[metrics]") {
    CHECK(test::value_in(three_classes({0.1, 0.6}), "log_loss").reason() ==
          "class scores must sum to 1 (within 1e-6); example row 2");
    CHECK(test::value_in(three_classes({0.1, 0.7 + 1e-7}), "log_loss").defined());
}

TEST_CASE("log_loss of one class is defined", "[metrics]") {
    CHECK(test::of_scores("log_loss", {0, 0}, {0.5, 0.5}).defined());
}

TEST_CASE("log_loss equals scikit-learn's on real models", "[metrics]") {
    // expected_metrics.json was made with the older clip of 1e-15; scores cut there first agree.
    test::check_models(
        "sklearn_breast_cancer",
        [](const std::string& model) {
            auto examples = test::breast_cancer(model);
            for (double& score : examples.sides[1].score->values) {
                score = std::clamp(score, 1e-15, 1.0 - 1e-15);
            }
            return examples;
        },
        "log_loss", "log_loss");
}
