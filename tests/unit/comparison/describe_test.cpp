#include "stats/proportions.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::metric_for;
using test::metric_named;

namespace {

/// A first run: the baseline's columns are absent.
evidence::Examples candidate_only(const test::BinarySample& sample) {
    evidence::Examples examples =
        test::ExamplesBuilder()
            .class_names({"0", "1"})
            .labels(sample.labels)
            .predictions(sample.baseline, sample.candidate)
            .scores(sample.baseline_scores, sample.candidate_scores)
            .values("latency_ms", sample.baseline_scores, sample.candidate_scores)
            .targets(sample.baseline_scores)
            .predicted_numbers(sample.baseline_scores, sample.candidate_scores)
            .ids(test::numbered_ids(sample.labels.size()))
            .build();
    examples.sides[0] = evidence::SideColumns{};
    return examples;
}

Options asking() {
    Options options;
    options.candidate_interval = true;
    return options;
}

}  // namespace

TEST_CASE("the candidate alone has a value and an interval around it", "[comparison]") {
    const evidence::Examples examples = candidate_only(test::binary_sample(400, 0.4, 0.1, 0.1));
    const evidence::Rows rows = evidence::Rows::all(400);
    for (const char* name : {"accuracy", "recall", "f1", "mcc", "roc_auc", "gini",
                             "average_precision", "ks_separation", "mae", "rmse"}) {
        CAPTURE(name);
        const Comparison result = describe(metric_for(name, examples), examples, rows, asking());
        CHECK(result.problem.empty());
        CHECK_FALSE(result.baseline.defined());
        CHECK_FALSE(result.delta);
        REQUIRE(result.candidate_interval);
        CHECK(result.candidate_interval->lower < result.candidate.number());
        CHECK(result.candidate.number() < result.candidate_interval->upper);
    }
    const Comparison median = describe(test::latency("median"), examples, rows, asking());
    REQUIRE(median.candidate_interval);
    CHECK(median.candidate_interval->lower <= median.candidate.number());
}

TEST_CASE("an interval is given only when asked for", "[comparison]") {
    const evidence::Examples examples = candidate_only(test::binary_sample(100, 0.4, 0.1, 0.1));
    CHECK_FALSE(
        describe(metric_for("accuracy", examples), examples, evidence::Rows::all(100), Options{})
            .candidate_interval);
}

TEST_CASE("accuracy alone has Wilson's interval", "[comparison]") {
    std::vector<std::uint32_t> labels(50, 1);
    std::vector<std::uint32_t> predictions(50, 1);
    predictions[3] = 0;
    evidence::Examples examples = test::binary_examples(labels, predictions, predictions);
    examples.sides[0] = evidence::SideColumns{};
    const Comparison result =
        describe(metric_for("accuracy", examples), examples, evidence::Rows::all(50), asking());
    CHECK(*result.candidate_interval == stats::wilson(49.0, 50.0, 0.95));
}

TEST_CASE("an area of exactly 1 has no interval", "[comparison]") {
    evidence::Examples examples =
        test::scored_examples({0, 0, 1, 1}, {0.1, 0.2, 0.3, 0.4}, {0.1, 0.2, 0.3, 0.4});
    examples.sides[0] = evidence::SideColumns{};
    Options options = asking();
    options.min_per_class = 0;
    const Comparison result =
        describe(metric_for("roc_auc", examples), examples, evidence::Rows::all(4), options);
    CHECK(result.candidate.number() == 1.0);
    CHECK_FALSE(result.candidate_interval);
}

TEST_CASE("an undefined candidate and too few examples are said", "[comparison]") {
    evidence::Examples examples = test::binary_examples({0, 1}, {0, 0}, {0, 0});
    examples.sides[0] = evidence::SideColumns{};
    const evidence::Rows rows = evidence::Rows::all(2);
    CHECK_FALSE(
        describe(metric_for("precision", examples), examples, rows, Options{}).problem.empty());
    Options options;
    options.min_examples = 30;
    CHECK(describe(metric_for("accuracy", examples), examples, rows, options).insufficient);
}

TEST_CASE("recorded numbers alone have the interval that was recorded with them", "[comparison]") {
    const Comparison with_error =
        describe(metric_named("roc_auc"), test::scalar(0.8, 0.1), asking());
    CHECK_THAT(with_error.candidate_interval->lower, WithinAbs(0.8 - 0.16448536, 1e-7));
    const Comparison share =
        describe(metric_named("accuracy"), test::scalar(0.8, std::nullopt, 100), asking());
    CHECK(*share.candidate_interval == stats::wilson(80.0, 100.0, 0.95));
    const Comparison bare = describe(metric_named("roc_auc"), test::scalar(0.8), asking());
    CHECK_FALSE(bare.candidate_interval);
    CHECK(bare.candidate.number() == 0.8);
    evidence::Scalar broken = test::scalar(0.8);
    broken.value.kind = support::NumberKind::negative_infinity;
    CHECK_FALSE(describe(metric_named("roc_auc"), broken, asking()).problem.empty());
}

TEST_CASE("a recorded share alone is asked for min_examples, and a latency's runs are not",
          "[comparison]") {
    Options options;
    options.min_examples = 50;
    const auto lack = [&](const metrics::Metric& metric, double value, std::uint64_t n) {
        return describe(metric, test::scalar(value, std::nullopt, n), options).insufficient;
    };
    CHECK_FALSE(lack(metric_named("accuracy"), 0.8, 50));
    REQUIRE(lack(metric_named("accuracy"), 0.8, 49));
    CHECK(lack(metric_named("accuracy"), 0.8, 49)->need == 50);
    CHECK_FALSE(lack(test::latency("mean"), 0.8, 3));
}

TEST_CASE("runs alone have a t interval or order statistics", "[comparison]") {
    evidence::Samples samples;
    for (int i = 0; i < 100; ++i) {
        samples.values.push_back(100.0 + i);
    }
    metrics::Metric metric = test::latency("mean");
    const Comparison mean = describe(metric, samples, asking());
    CHECK(mean.candidate.number() == 149.5);
    CHECK(mean.n == 100);
    REQUIRE(mean.candidate_interval);
    const Comparison p95 = describe(test::latency("quantile", 0.95), samples, asking());
    REQUIRE(p95.candidate_interval);
    CHECK(p95.candidate_interval->upper > p95.candidate.number());
    samples.values.clear();
    CHECK_FALSE(describe(metric, samples, asking()).problem.empty());
}

namespace {

/// 6 positives with the given scores over 8 negatives.
evidence::Examples scored(const std::vector<double>& positives) {
    std::vector<double> scores = positives;
    std::vector<std::uint32_t> labels(positives.size(), 1);
    for (const double score : {0.2, 0.1, 0.45, 0.3, 0.6, 0.25, 0.72, 0.52}) {
        scores.push_back(score);
        labels.push_back(0);
    }
    evidence::Examples examples = test::ExamplesBuilder()
                                      .class_names({"0", "1"})
                                      .labels(labels)
                                      .scores(scores, scores)
                                      .build();
    examples.positive = 1;
    return examples;
}

stats::Interval own_interval(const char* metric, const evidence::Examples& examples) {
    Options options = asking();
    options.min_per_class = 2;
    const Comparison result = describe(metric_for(metric, examples), examples,
                                       evidence::Rows::all(examples.rows), options);
    REQUIRE(result.candidate_interval);
    return *result.candidate_interval;
}

}  // namespace

TEST_CASE("a candidate's own area has an interval on the logit scale", "[comparison]") {
    // numpy 2.4 over all pairs of examples, as in stats/auc_interval_test.cpp. The normal interval
    // starts at 0.754.
    const evidence::Examples examples = scored({0.85, 0.7, 0.8, 0.5, 0.65, 0.9});
    const stats::Interval area = own_interval("roc_auc", examples);
    CHECK_THAT(area.lower, WithinAbs(0.6522132334451045, 1e-12));
    CHECK_THAT(area.upper, WithinAbs(0.9752710884625237, 1e-12));
    const stats::Interval gini = own_interval("gini", examples);
    CHECK_THAT(gini.lower, WithinAbs(2.0 * area.lower - 1.0, 1e-12));
    CHECK_THAT(gini.upper, WithinAbs(2.0 * area.upper - 1.0, 1e-12));
}

TEST_CASE("an area next to 1 or 0 is as unsure as the largest variance makes it", "[comparison]") {
    // One of 48 pairs is ranked wrongly, or rightly. The logit interval at (6 A + 0.5) / 7 with the
    // variance A (1 - A) / 6, by numpy 2.4.
    const stats::Interval high = own_interval("roc_auc", scored({0.85, 0.8, 0.9, 0.95, 0.99, 0.7}));
    CHECK_THAT(high.lower, WithinAbs(0.4918765779016145, 1e-12));
    CHECK(high.upper == 1.0);
    const stats::Interval low =
        own_interval("roc_auc", scored({0.01, 0.02, 0.03, 0.04, 0.05, 0.15}));
    CHECK(low.lower == 0.0);
    CHECK_THAT(low.upper, WithinAbs(0.5081234220983856, 1e-12));
}

TEST_CASE("an area of exactly 0 has no interval either", "[comparison]") {
    const evidence::Examples reversed = scored({0.01, 0.02, 0.03, 0.04, 0.05, 0.06});
    Options options = asking();
    options.min_per_class = 2;
    CHECK_FALSE(describe(metric_for("roc_auc", reversed), reversed,
                         evidence::Rows::all(reversed.rows), options)
                    .candidate_interval);
}

TEST_CASE("constant scores have no interval of their own", "[comparison]") {
    evidence::Examples examples = scored({0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
    examples.sides[1].score->values.assign(examples.rows, 0.5);
    Options options = asking();
    options.min_per_class = 2;
    CHECK_FALSE(describe(metric_for("roc_auc", examples), examples,
                         evidence::Rows::all(examples.rows), options)
                    .candidate_interval);
}
