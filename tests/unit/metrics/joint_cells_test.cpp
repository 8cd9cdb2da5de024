#include <tuple>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;
using metrics::JointCell;

TEST_CASE("joint cells count label and both predictions in ascending order", "[metrics]") {
    const auto examples = test::binary_examples({1, 0, 1, 1}, {1, 0, 1, 0}, {0, 0, 0, 1});
    const auto cells = metrics::joint_cells(examples, evidence::Rows::all(4));
    REQUIRE(cells.size() == 3);
    CHECK((cells[0].label == 0 && cells[0].baseline == 0 && cells[0].candidate == 0));
    CHECK((cells[1].label == 1 && cells[1].baseline == 0 && cells[1].candidate == 1));
    CHECK((cells[2].label == 1 && cells[2].baseline == 1 && cells[2].candidate == 0));
    CHECK(cells[2].count == 2);
    CHECK(cells[2].weight == 2.0);
}

TEST_CASE("joint cells look at the listed rows only", "[metrics]") {
    const auto examples = test::binary_examples({1, 0, 1}, {1, 0, 1}, {1, 0, 1});
    const auto cells =
        metrics::joint_cells(examples, evidence::Rows(std::vector<std::uint32_t>{1}));
    REQUIRE(cells.size() == 1);
    CHECK(cells[0].label == 0);
}

TEST_CASE("cell weights do not depend on row order", "[metrics]") {
    std::vector<std::uint32_t> ones(100, 1);
    std::vector<double> weights;
    for (int at = 0; at < 100; ++at) {
        weights.push_back(0.1 * (at + 1) / 7.0);
    }
    const auto examples = test::ExamplesBuilder()
                              .class_names({"0", "1"})
                              .labels(ones)
                              .predictions(ones, ones)
                              .weights(weights)
                              .build();
    const auto rows = evidence::Rows::all(100);
    CHECK(metrics::joint_cells(examples, rows)[0].weight ==
          metrics::joint_cells(test::shuffled(examples), rows)[0].weight);
}

TEST_CASE("many classes are tallied like few", "[metrics]") {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> predictions;
    std::vector<double> weights;
    for (std::uint32_t at = 0; at < 300; ++at) {
        labels.push_back(at % 100);
        predictions.push_back((at / 2) % 100);
        weights.push_back(0.5);
    }
    const auto examples = test::ExamplesBuilder()
                              .labels(labels)
                              .predictions(labels, predictions)
                              .weights(weights)
                              .build();
    const auto cells = metrics::joint_cells(examples, evidence::Rows::all(300));
    double weight = 0.0;
    std::uint64_t count = 0;
    for (std::size_t at = 0; at < cells.size(); ++at) {
        weight += cells[at].weight;
        count += cells[at].count;
        if (at > 0) {
            CHECK(std::tie(cells[at - 1].label, cells[at - 1].baseline, cells[at - 1].candidate) <
                  std::tie(cells[at].label, cells[at].baseline, cells[at].candidate));
        }
    }
    CHECK(count == 300);
    CHECK(weight == 150.0);
}

TEST_CASE("a confusion matrix gathers the mass of one side", "[metrics]") {
    const std::vector<JointCell> cells = {{0, 0, 1, 3, 3.0}, {1, 0, 1, 2, 2.0}};
    const auto baseline = metrics::confusion_of(cells, {1.5, 2.5}, evidence::Side::baseline, 2);
    CHECK(baseline.at(0, 0) == 1.5);
    CHECK(baseline.at(1, 0) == 2.5);
    const auto candidate = metrics::confusion_of(cells, {1.5, 2.5}, evidence::Side::candidate, 2);
    CHECK(candidate.at(0, 1) == 1.5);
    CHECK(candidate.at(1, 1) == 2.5);
}
