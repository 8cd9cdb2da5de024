#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

TEST_CASE("examples are ranked by falling score, ties by position", "[metrics]") {
    const std::vector<double> scores = {0.2, 0.9, 0.2, -1.0};
    const auto examples = test::scored_examples({0, 1, 1, 0}, scores, scores);
    const auto ranks =
        metrics::rank_order(examples, evidence::Side::candidate, evidence::Rows::all(4));
    CHECK(ranks.order == std::vector<std::uint32_t>{1, 0, 2, 3});
    CHECK(ranks.ends_tie == std::vector<std::uint8_t>{1, 0, 1, 1});
    CHECK(ranks.positive == std::vector<std::uint8_t>{1, 0, 1, 0});
}

TEST_CASE("positions count within the listed rows", "[metrics]") {
    const std::vector<double> scores = {0.2, 0.9, 0.5};
    const auto examples = test::scored_examples({0, 1, 1}, scores, scores);
    const auto ranks = metrics::rank_order(examples, evidence::Side::candidate,
                                           evidence::Rows(std::vector<std::uint32_t>{0, 2}));
    CHECK(ranks.order == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("many examples are ranked like few", "[metrics]") {
    std::vector<std::uint32_t> labels;
    std::vector<double> scores;
    for (std::uint32_t at = 0; at < 20000; ++at) {
        labels.push_back(at % 3 == 0 ? 1 : 0);
        scores.push_back(static_cast<double>(at * 7919 % 1009) / 100.0 - 5.0);
    }
    const auto examples = test::scored_examples(labels, scores, scores);
    const auto ranks =
        metrics::rank_order(examples, evidence::Side::candidate, evidence::Rows::all(20000));
    for (std::size_t at = 1; at < ranks.order.size(); ++at) {
        const double above = scores[ranks.order[at - 1]];
        const double below = scores[ranks.order[at]];
        const bool in_order =
            above > below || (above == below && ranks.order[at - 1] < ranks.order[at]);
        REQUIRE(in_order);
        REQUIRE((ranks.ends_tie[at - 1] != 0) == (above != below));
        REQUIRE((ranks.positive[at] != 0) == (labels[ranks.order[at]] == 1));
    }
    CHECK(ranks.ends_tie.back() == 1);
    const auto labels_alone =
        metrics::ranked_labels(examples, evidence::Side::candidate, evidence::Rows::all(20000));
    CHECK(labels_alone.order.empty());
    CHECK(labels_alone.ends_tie == ranks.ends_tie);
    CHECK(labels_alone.positive == ranks.positive);
}

TEST_CASE("weighted rank metrics do not depend on row order", "[metrics]") {
    std::vector<std::uint32_t> labels;
    std::vector<double> scores;
    std::vector<double> weights;
    for (std::uint32_t at = 0; at < 500; ++at) {
        labels.push_back(at * 31 % 5 < 2 ? 1 : 0);
        scores.push_back(static_cast<double>(at * 17 % 20) / 20.0);
        weights.push_back(0.1 + static_cast<double>(at % 13) / 7.0);
    }
    const auto examples =
        test::ExamplesBuilder().labels(labels).scores(scores, scores).weights(weights).build();
    const auto moved = test::shuffled(examples);
    for (const std::string metric :
         {"roc_auc", "gini", "ks_separation", "average_precision", "log_loss", "brier_score"}) {
        INFO(metric);
        CHECK(test::value_in(examples, metric).number() == test::value_in(moved, metric).number());
    }
}
