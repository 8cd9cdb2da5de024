// The catalog entry "delong".
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

namespace {

constexpr double z95 = 1.6448536269514722;

}  // namespace

TEST_CASE("delong agrees with pROC on paired areas", "[comparison]") {
    for (const auto& entry : test::reference_cases("auc_delong.json", "auc.paired_delong")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto& data = entry.at("data");
        const auto& expected = entry.at("expected");
        if (!expected.at("se_diff").is_number() || !expected.at("diff").is_number()) {
            continue;
        }
        const evidence::Examples examples =
            test::scored_examples(data.at("labels").get<std::vector<std::uint32_t>>(),
                                  data.at("baseline").get<std::vector<double>>(),
                                  data.at("candidate").get<std::vector<double>>());
        const Comparison result = compare_all(metric_for("roc_auc", examples), examples,
                                              absolute(0.05), test::without_floors());
        if (result.identical) {
            continue;
        }
        const double se = expected.at("se_diff").get<double>();
        CHECK_THAT(*result.delta, WithinAbs(expected.at("diff").get<double>(), 1e-9));
        CHECK_THAT(*result.standard_error, WithinAbs(se, 1e-9));
        // pROC's normal interval, or the farther bounds from logit intervals.
        CHECK(result.interval->lower <= *result.delta - z95 * se + 1e-9);
        CHECK(result.interval->upper >= *result.delta + z95 * se - 1e-9);
        const double baseline = expected.at("auc_baseline").get<double>();
        const double candidate = expected.at("auc_candidate").get<double>();
        const bool perfect =
            baseline == 0.0 || baseline == 1.0 || candidate == 0.0 || candidate == 1.0;
        if (perfect || se == 0.0) {
            CHECK(result.degenerate);
        }
    }
}

TEST_CASE("delong doubles everything for gini", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(200, 0.4, 0.1, 0.1);
    const evidence::Examples examples =
        test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
    const Comparison auc =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.01), Options{});
    const Comparison gini =
        compare_all(metric_for("gini", examples), examples, absolute(0.02), Options{});
    CHECK(auc.method == "delong");
    CHECK(gini.method == "delong");
    CHECK_THAT(gini.interval->lower, WithinAbs(2.0 * auc.interval->lower, 1e-12));
    CHECK_THAT(gini.margin->lower, WithinAbs(2.0 * auc.margin->lower, 1e-12));
    CHECK_THAT(*gini.p_no_loss, WithinAbs(*auc.p_no_loss, 1e-12));
    const double change = gini.candidate.number() - gini.baseline.number();
    CHECK_THAT(*gini.delta, WithinAbs(change, 1e-12));
    // A relative margin keeps the baseline's noise and the shift of gini in the contrast.
    const Comparison relative =
        compare_all(metric_for("gini", examples), examples, test::relative(0.03), Options{});
    CHECK_THAT(relative.margin->estimate, WithinAbs(change + 0.03 * gini.baseline.number(), 1e-12));
    const Comparison of_auc =
        compare_all(metric_for("roc_auc", examples), examples, test::relative(0.03), Options{});
    // 2 (c - k b) - (1 - k) with k = 0.97.
    CHECK_THAT(relative.margin->lower, WithinAbs(2.0 * of_auc.margin->lower - 0.03, 1e-12));
    CHECK_THAT(relative.margin->upper, WithinAbs(2.0 * of_auc.margin->upper - 0.03, 1e-12));
}

TEST_CASE("the p of delong is the level at which its upper bound reaches 0", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(200, 0.4, 0.1, 0.1);
    const evidence::Examples examples =
        test::scored_examples(sample.labels, sample.candidate_scores, sample.baseline_scores);
    Options options;
    const Comparison first =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.01), options);
    REQUIRE(*first.p_no_loss < 0.5);
    options.confidence = 1.0 - *first.p_no_loss;
    const Comparison second =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.01), options);
    CHECK_THAT(second.interval->upper, WithinAbs(0.0, 1e-9));
}

TEST_CASE("delong decides nothing at an area of exactly 1", "[comparison]") {
    const evidence::Examples examples = test::scored_examples(
        {0, 0, 0, 1, 1, 1}, {0.1, 0.2, 0.3, 0.7, 0.8, 0.9}, {0.1, 0.2, 0.75, 0.7, 0.8, 0.9});
    const Comparison result = compare_all(metric_for("roc_auc", examples), examples, absolute(0.5),
                                          test::without_floors());
    CHECK(result.baseline.number() == 1.0);
    CHECK(result.degenerate);
    CHECK(test::has_note(result, "degenerate"));
}

TEST_CASE("delong decides nothing when both areas are 1 with other scores", "[comparison]") {
    const evidence::Examples examples = test::scored_examples(
        {0, 0, 0, 1, 1, 1}, {0.1, 0.2, 0.3, 0.7, 0.8, 0.9}, {0.1, 0.2, 0.35, 0.7, 0.8, 0.9});
    const Comparison result = compare_all(metric_for("roc_auc", examples), examples, absolute(0.5),
                                          test::without_floors());
    CHECK_FALSE(result.identical);
    CHECK(result.degenerate);
}

TEST_CASE("delong wants half a wrongly ranked example of the rarer class", "[comparison]") {
    // Of 40 positives and 100 negatives, one positive lies below `above` negatives: 1 - AUC is
    // above / 4000, and 40 times that is to be at least 0.5.
    for (const auto& [above, enough] : {std::pair(49, false), std::pair(51, true)}) {
        std::vector<std::uint32_t> labels;
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (int i = 0; i < 140; ++i) {
            labels.push_back(i < 40 ? 1 : 0);
            const double apart = i < 40 ? 1000.0 : i;
            baseline.push_back(i == 0 ? 139.5 - above : apart);
            candidate.push_back(i == 1 ? 139.5 - 90 : apart);
        }
        const evidence::Examples examples = test::scored_examples(labels, baseline, candidate);
        const Comparison result =
            compare_all(metric_for("roc_auc", examples), examples, absolute(0.05), Options{});
        CHECK_THAT(result.baseline.number(), WithinAbs(1.0 - above / 4000.0, 1e-12));
        CHECK(result.insufficient.has_value() != enough);
        if (!enough) {
            CHECK(result.insufficient->of == "positives for an area so near 1");
            CHECK(result.insufficient->have == 40);
            CHECK(result.insufficient->need == 41);
        }
    }
}

TEST_CASE("delong decides nothing on constant scores", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(200, 0.4, 0.1, 0.1);
    const evidence::Examples examples =
        test::scored_examples(sample.labels, sample.baseline_scores, std::vector<double>(200, 0.5));
    const Comparison result =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.9), Options{});
    CHECK(result.candidate.number() == 0.5);
    CHECK(result.degenerate);
}

TEST_CASE("delong wants examples of both classes", "[comparison]") {
    test::BinarySample sample = test::binary_sample(300, 0.05, 0.1, 0.1);
    const evidence::Examples examples =
        test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
    const Comparison result =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.9), Options{});
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "positives");
    CHECK(result.insufficient->need == 30);
    CHECK(result.delta);
    CHECK_FALSE(result.interval);
    for (std::uint32_t& label : sample.labels) {
        label = 0;
    }
    sample.labels[0] = 1;
    const evidence::Examples single =
        test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
    const Comparison one =
        compare_all(metric_for("roc_auc", single), single, absolute(0.9), test::without_floors());
    REQUIRE(one.insufficient);
    CHECK(one.insufficient->of == "positives");
    CHECK(one.insufficient->have == 1);
}

TEST_CASE("delong says that an area without positives is undefined", "[comparison]") {
    const std::vector<double> scores = {0.1, 0.2, 0.3};
    const evidence::Examples examples = test::scored_examples({0, 0, 0}, scores, {0.3, 0.2, 0.1});
    const Comparison result = compare_all(metric_for("roc_auc", examples), examples, absolute(0.1),
                                          test::without_floors());
    CHECK_FALSE(result.problem.empty());
    CHECK_FALSE(result.interval);
}

TEST_CASE("delong does not depend on row order", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(400, 0.4, 0.1, 0.1);
    const auto order = test::shuffled(400);
    const evidence::Examples first =
        test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
    const evidence::Examples second = test::scored_examples(
        test::permuted(sample.labels, order), test::permuted(sample.baseline_scores, order),
        test::permuted(sample.candidate_scores, order));
    Margin margin = test::relative(0.02);
    margin.absolute = 0.01;
    CHECK(test::numbers_of(compare_all(metric_for("roc_auc", first), first, margin, Options{})) ==
          test::numbers_of(compare_all(metric_for("roc_auc", second), second, margin, Options{})));
}
