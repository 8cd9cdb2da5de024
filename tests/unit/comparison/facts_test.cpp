// What a method worked with stands in the comparison, so that `explain` computes nothing itself.
#include <map>

#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

namespace {

std::map<std::string, double> facts_of(const Comparison& result) {
    REQUIRE(result.problem.empty());
    std::map<std::string, double> facts;
    for (const Fact& fact : result.facts) {
        CHECK(std::isfinite(fact.value));
        CHECK(facts.emplace(fact.name, fact.value).second);
    }
    return facts;
}

/// Eight examples, five of them positive; one pair only the candidate has right, two only the
/// baseline.
evidence::Examples eight() {
    return test::binary_examples({1, 1, 1, 1, 1, 0, 0, 0}, {1, 1, 1, 0, 0, 0, 0, 1},
                                 {1, 1, 0, 1, 0, 0, 1, 1});
}

}  // namespace

TEST_CASE("tango tells its four counts", "[comparison]") {
    const evidence::Examples examples = eight();
    const auto facts =
        facts_of(compare_all(metric_for("accuracy", examples), examples, absolute(0.1), Options{}));
    CHECK(facts.at("succeed_on_both") == 3.0);
    CHECK(facts.at("succeed_on_the_candidate_only") == 1.0);
    CHECK(facts.at("succeed_on_the_baseline_only") == 2.0);
    CHECK(facts.at("succeed_on_neither") == 2.0);
}

TEST_CASE("count_bootstrap tells who was right in each class, and its resamples", "[comparison]") {
    const evidence::Examples examples = eight();
    Options options = test::without_floors();
    options.seed = 11;
    const auto facts =
        facts_of(compare_all(metric_for("f1", examples), examples, absolute(0.1), options));
    CHECK(facts.at("positives_right_on_both") == 2.0);
    CHECK(facts.at("positives_right_on_the_candidate_only") == 1.0);
    CHECK(facts.at("positives_right_on_the_baseline_only") == 1.0);
    CHECK(facts.at("positives_wrong_on_both") == 1.0);
    CHECK(facts.at("negatives_right_on_both") == 1.0);
    CHECK(facts.at("negatives_right_on_the_baseline_only") == 1.0);
    CHECK(facts.at("negatives_wrong_on_both") == 1.0);
    CHECK(facts.at("resamples") >= 2000.0);
    CHECK(facts.at("seed") == 11.0);
}

TEST_CASE("delong tells the size of the classes, both areas and their errors", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(300, 0.4, 0.1, 0.1);
    const evidence::Examples examples =
        test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
    const Comparison result =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.1), Options{});
    const auto facts = facts_of(result);
    CHECK(facts.at("positives") + facts.at("negatives") == 300.0);
    CHECK_THAT(facts.at("area_of_the_baseline"), WithinAbs(result.baseline.number(), 1e-12));
    CHECK_THAT(facts.at("area_of_the_candidate"), WithinAbs(result.candidate.number(), 1e-12));
    CHECK_THAT(facts.at("standard_error_of_the_areas_difference"),
               WithinAbs(*result.standard_error, 1e-12));
}

TEST_CASE("paired_t tells the mean, the deviation and the degrees of freedom", "[comparison]") {
    // Absolute errors 1, 2, 3 become 2, 4, 3: differences 1, 2, 0.
    const evidence::Examples examples = test::regression_examples({0, 0, 0}, {1, 2, 3}, {2, 4, 3});
    const auto facts = facts_of(
        compare_all(metric_for("mae", examples), examples, absolute(1.0), test::without_floors()));
    CHECK(facts.at("examples") == 3.0);
    CHECK_THAT(facts.at("mean_difference"), WithinAbs(1.0, 1e-12));
    CHECK_THAT(facts.at("standard_deviation_of_the_differences"), WithinAbs(1.0, 1e-12));
    CHECK(facts.at("degrees_of_freedom") == 2.0);
}

TEST_CASE("clusters are told beside the method's own numbers", "[comparison]") {
    const evidence::Examples examples = test::ExamplesBuilder()
                                            .targets({0, 0, 0, 0})
                                            .predicted_numbers({1, 2, 3, 4}, {2, 4, 3, 5})
                                            .clusters({0, 0, 1, 2})
                                            .build();
    const auto facts = facts_of(
        compare_all(metric_for("mae", examples), examples, absolute(1.0), test::without_floors()));
    CHECK(facts.at("clusters") == 3.0);
    // Bell and McCaffrey's for a mean over clusters of 2, 1 and 1: (tr M)^2 / tr M^2 by hand.
    CHECK_THAT(facts.at("degrees_of_freedom"), WithinAbs(1.8, 1e-12));
    CHECK(facts.count("standard_deviation_of_the_differences") == 0);
}

TEST_CASE("order_statistics tells the bounds of each side", "[comparison]") {
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 100; ++i) {
        baseline.push_back(i);
        candidate.push_back(i + 1);
    }
    const auto facts = facts_of(compare_all(test::latency("median"),
                                            test::value_examples("latency_ms", baseline, candidate),
                                            absolute(30), Options{}));
    CHECK(facts.at("quantile") == 0.5);
    CHECK(facts.at("values_of_the_baseline") == 100.0);
    CHECK(facts.at("lower_bound_of_the_candidate") == facts.at("lower_bound_of_the_baseline") + 1);
    CHECK(facts.at("upper_bound_of_the_baseline") > 49.5);
}

TEST_CASE("weighted_bootstrap tells its resamples", "[comparison]") {
    evidence::Examples examples =
        test::regression_examples({1, 2, 3, 4, 5}, {1, 2, 4, 4, 6}, {2, 2, 3, 5, 5});
    evidence::IdColumn ids;
    for (const std::string& id : test::numbered_ids(5)) {
        ids.push_back(id);
    }
    examples.ids = std::move(ids);
    const auto facts = facts_of(
        compare_all(metric_for("rmse", examples), examples, absolute(1.0), test::without_floors()));
    CHECK(facts.at("resamples") >= 1000.0);
    CHECK(facts.at("seed") == 0.0);
}

TEST_CASE("recorded numbers tell what was recorded beside them", "[comparison]") {
    const metrics::Metric accuracy = test::metric_named("accuracy");
    const auto shares =
        facts_of(compare(accuracy, test::scalar(0.9, std::nullopt, 200),
                         test::scalar(0.8, std::nullopt, 100), absolute(0.1), Options{}));
    CHECK(shares.at("successes_of_the_baseline") == 180.0);
    CHECK(shares.at("examples_of_the_candidate") == 100.0);
    const auto errors = facts_of(compare(accuracy, test::scalar(0.9, 0.01), test::scalar(0.8, 0.02),
                                         absolute(0.1), Options{}));
    CHECK(errors.at("standard_error_of_the_candidate") == 0.02);
    const auto bare =
        facts_of(compare(accuracy, test::scalar(0.9), test::scalar(0.8), absolute(0.1), Options{}));
    CHECK(bare.empty());
}

TEST_CASE("welch tells runs and deviations of each side", "[comparison]") {
    metrics::Metric metric = test::metric_named("accuracy");
    metric.statistic = "mean";
    evidence::Samples baseline;
    baseline.values = {1, 2, 3};
    evidence::Samples candidate;
    candidate.values = {2, 4, 6, 8};
    const auto facts = facts_of(compare(metric, baseline, candidate, absolute(1), Options{}));
    CHECK(facts.at("runs_of_the_baseline") == 3.0);
    CHECK(facts.at("runs_of_the_candidate") == 4.0);
    CHECK_THAT(facts.at("standard_deviation_of_the_baselines_runs"), WithinAbs(1.0, 1e-12));
}

TEST_CASE("flips tells how many examples count", "[comparison]") {
    const evidence::Examples examples = eight();
    const auto facts =
        facts_of(compare_all(metric_for("flips", examples), examples, Margin{}, Options{}));
    CHECK(facts.at("examples") == 8.0);
    CHECK(facts.at("examples_that_count") == 3.0);
}
