#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

namespace {

evidence::Examples weighted(std::vector<double> weights) {
    return test::ExamplesBuilder()
        .labels({0, 1})
        .predictions({0, 1}, {0, 1})
        .weights(std::move(weights))
        .build();
}

}  // namespace

TEST_CASE("weights must be finite, not negative and not all 0", "[metrics]") {
    CHECK(test::value_in(weighted({0.0, 1.0}), "accuracy").defined());
    CHECK_FALSE(test::value_in(weighted({0.0, 0.0}), "accuracy").defined());
    CHECK_FALSE(test::value_in(weighted({-1.0, 3.0}), "accuracy").defined());
    CHECK_FALSE(test::value_in(weighted({std::nan(""), 3.0}), "accuracy").defined());
}

TEST_CASE("one side is evaluated without the other", "[metrics]") {
    auto examples = test::binary_examples({0, 1}, {0, 1}, {0, 1});
    examples.sides[0] = {};
    CHECK(test::value_in(examples, "accuracy").number() == 1.0);
    CHECK_FALSE(test::value_in(examples, "flips").defined());
}

TEST_CASE("a metric without definition cannot be computed", "[metrics]") {
    metrics::Metric recorded;
    recorded.name = "bleu";
    const auto examples = test::binary_examples({0}, {0}, {0});
    CHECK_FALSE(
        metrics::evaluate(recorded, examples, evidence::Side::candidate, evidence::Rows::all(1))
            .defined());
    CHECK(metrics::resolve(recorded, examples).empty());
}

TEST_CASE("a metric that was not resolved is undefined", "[metrics]") {
    const auto examples = test::binary_examples({0, 1}, {0, 1}, {0, 1});
    for (const std::string name : {"precision", "recall", "specificity", "f1"}) {
        CHECK_FALSE(metrics::evaluate(bound(name), examples, evidence::Side::candidate,
                                      evidence::Rows::all(2))
                        .defined());
    }
}

TEST_CASE("metrics that are binary need to know the positive class", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.1, 0.9}, {0.1, 0.9});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    examples.positive.reset();
    for (const std::string name :
         {"precision", "recall", "specificity", "f1", "roc_auc", "gini", "ks_separation",
          "average_precision", "log_loss", "brier_score"}) {
        INFO(name);
        CHECK(test::value_in(examples, name).reason().find("positive class") != std::string::npos);
    }
    CHECK(test::value_in(examples, "mcc").defined());
}

TEST_CASE("values from joint cells are the values of the examples", "[metrics]") {
    const auto examples = test::digits("gaussian_nb");
    const auto rows = evidence::Rows::all(examples.rows);
    const auto cells = metrics::joint_cells(examples, rows);
    std::vector<double> mass;
    for (const auto& cell : cells) {
        mass.push_back(cell.weight);
    }
    const auto confusion =
        metrics::confusion_of(cells, mass, evidence::Side::candidate, examples.classes.size());
    for (const std::string yaml :
         {"accuracy", "mcc", "cohen_kappa", "balanced_accuracy", "{name: f1, average: macro}",
          "{name: recall, average: weighted}"}) {
        INFO(yaml);
        CHECK(metrics::value_of(bound(yaml), confusion).number() ==
              test::value_in(examples, yaml).number());
    }
}

TEST_CASE("an empty slice is undefined for every metric", "[metrics]") {
    const auto examples = test::breast_cancer("stump");
    const evidence::Rows none(std::vector<std::uint32_t>{});
    for (const metrics::Definition& definition : metrics::catalog()) {
        metrics::Metric metric;
        metric.definition = &definition;
        metric.name = definition.name;
        metric.parameters.when_undefined = 1.0;
        CHECK(metrics::evaluate(metric, examples, evidence::Side::candidate, none).reason() ==
              "no examples");
    }
}
