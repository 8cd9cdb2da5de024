// What each kind of damage does to single examples.
#include <limits>

#include "damage/catalog.h"
#include "damage/places.h"
#include "evidence/column.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "support/catch.h"
#include "unit/damage/damaged.h"

using namespace metricgate;
using damage::Toward;

namespace {

const std::vector<double> first_half = {0.125, 0.375, 0.625, 0.875};

metrics::Metric resolved(const char* name, const evidence::Examples& examples) {
    metrics::Metric metric = test::metric_of(*metrics::find(name));
    REQUIRE(metrics::resolve(metric, examples).empty());
    return metric;
}

evidence::Examples damaged(const char* name, evidence::Examples examples, Toward toward,
                           double size) {
    const metrics::Metric metric = resolved(name, examples);
    const damage::Kind* kind = damage::find(metric, examples);
    REQUIRE(kind != nullptr);
    kind->apply(metric, examples, {toward, size, &first_half});
    return examples;
}

std::vector<std::uint32_t> classes_of(const evidence::Examples& examples) {
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < examples.rows; ++i) {
        codes.push_back(examples.side(evidence::Side::candidate).predicted_class->codes[i]);
    }
    return codes;
}

}  // namespace

TEST_CASE("flips make right predictions wrong and leave wrong ones", "[damage]") {
    const auto before = test::binary_examples({1, 1, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0});
    CHECK(classes_of(damaged("accuracy", before, Toward::worse, 0.5)) ==
          std::vector<std::uint32_t>{0, 0, 0, 0});
    CHECK(classes_of(damaged("accuracy", before, Toward::worse, 1.0)) ==
          std::vector<std::uint32_t>{0, 0, 1, 1});
    CHECK(classes_of(damaged("accuracy", before, Toward::better, 1.0)) ==
          std::vector<std::uint32_t>{1, 1, 0, 0});
}

TEST_CASE("flips never predict the class of empty cells", "[damage]") {
    evidence::Examples before =
        test::multiclass_examples(2, {0, 0, 1, 1}, {0, 0, 1, 2}, {0, 0, 1, 2});
    before.classes = {"a", "b", ""};
    const auto flipped = classes_of(damaged("accuracy", before, Toward::worse, 0.875));
    CHECK(flipped == std::vector<std::uint32_t>{1, 1, 0, 2});
    CHECK(classes_of(damaged("accuracy", before, Toward::worse, 1.0)).back() == 2);
}

TEST_CASE("scores on the right side of the middle move to the wrong one", "[damage]") {
    const auto before = test::scored_examples({1, 1, 0, 0}, {0.9, 0.2, 0.1, 0.7}, {0, 0, 0, 0});
    const auto after = damaged("roc_auc", before, Toward::worse, 1.0);
    const auto& scores = after.side(evidence::Side::candidate).score->values;
    CHECK_THAT(scores[0], WithinAbs(0.1, 1e-12));  // reflected at 0.5, the middle of 0.1 and 0.9
    CHECK(scores[1] == 0.2);                       // wrong already
    CHECK_THAT(scores[2], WithinAbs(0.9, 1e-12));
    CHECK(scores[3] == 0.7);
    const auto better = damaged("roc_auc", before, Toward::better, 1.0);
    CHECK_THAT(better.side(evidence::Side::candidate).score->values[1], WithinAbs(0.8, 1e-12));
    CHECK(better.side(evidence::Side::candidate).score->values[0] == 0.9);
}

TEST_CASE("the true class changes places with the lowest score", "[damage]") {
    evidence::Examples before =
        test::ExamplesBuilder()
            .class_names({"a", "b", "c"})
            .labels({0, 1, 2, 0})
            .predictions({0, 1, 2, 0}, {0, 1, 2, 0})
            .class_scores({{0.7, 0.2, 0.1, 0.5}, {0.2, 0.5, 0.3, 0.3}, {0.1, 0.3, 0.6, 0.2}},
                          {{0.7, 0.2, 0.1, 0.5}, {0.2, 0.5, 0.3, 0.3}, {0.1, 0.3, 0.6, 0.2}})
            .build();
    const auto after = damaged("log_loss", before, Toward::worse, 0.5);
    const auto& scores = after.side(evidence::Side::candidate).class_scores;
    CHECK(scores[0].values[0] == 0.1);
    CHECK(scores[2].values[0] == 0.7);
    CHECK(scores[1].values[1] == 0.2);
    CHECK(scores[2].values[2] == 0.6);  // beyond the share
}

TEST_CASE("predicted numbers move away from the target, or towards it", "[damage]") {
    const auto before =
        test::regression_examples({1, 1, 1, 1}, {2, 0, 1, 1}, {2, 0, 1, 1});  // usual error 0.5
    const auto after = damaged("mae", before, Toward::worse, 1.0);
    const auto& predicted = after.side(evidence::Side::candidate).predicted_number->values;
    CHECK_THAT(predicted[0], WithinAbs(2.0 + 0.5 * 0.8125, 1e-12));
    CHECK_THAT(predicted[1], WithinAbs(0.0 - 0.5 * 0.9375, 1e-12));
    CHECK(predicted[2] > 1.0);
    const auto better = damaged("mae", before, Toward::better, 3.0);
    CHECK(better.side(evidence::Side::candidate).predicted_number->values[0] < 1.5);
}

TEST_CASE("values keep to what they can be", "[damage]") {
    const auto value_of = [](std::vector<double> values, metrics::Direction direction,
                             Toward toward, double size) {
        evidence::Examples examples = test::value_examples("latency_ms", values, values);
        metrics::Metric metric = resolved("mean", examples);
        metric.direction = direction;
        const damage::Kind* kind = damage::find(metric, examples);
        kind->apply(metric, examples, {toward, size, &first_half});
        return examples.side(evidence::Side::candidate).values.at("latency_ms").values;
    };
    using enum metrics::Direction;
    // Shares end at 0 and 1.
    CHECK(value_of({0, 0.5, 1, 1}, higher_is_better, Toward::worse, 1.0) ==
          std::vector<double>{0, 0, 0, 0});
    CHECK(value_of({0, 0.5, 1, 1}, lower_is_better, Toward::worse, 1.0) ==
          std::vector<double>{1, 1, 1, 1});
    // Positive values are scaled.
    const auto slow = value_of({10, 20, 30, 40}, lower_is_better, Toward::worse, 1.0);
    CHECK(slow[0] == 10.0 * (1.0 + 0.8125));
    const auto weak = value_of({10, 20, 30, 40}, higher_is_better, Toward::worse, 1e9);
    CHECK(weak[0] > 0.0);
    CHECK(weak[0] < 1e-6);
    // Others are shifted by their mean magnitude.
    const auto shifted = value_of({-10, 10, 10, 10}, higher_is_better, Toward::worse, 1.0);
    CHECK(shifted[0] == -10.0 - 10.0 * 0.8125);
}

TEST_CASE("cells that are empty stay empty", "[damage]") {
    evidence::Examples before = test::scored_examples(
        {1, 1, 0, 0}, {0.9, evidence::missing_value(), 0.1, 0.7}, {0, 0, 0, 0});
    const auto after = damaged("roc_auc", before, Toward::worse, 1.0);
    CHECK(evidence::is_missing(after.side(evidence::Side::candidate).score->values[1]));
    CHECK(after.side(evidence::Side::candidate).score->missing.count == 1);
}
