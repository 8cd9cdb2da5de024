// The catalog entry "paired_t".
#include <algorithm>
#include <map>

#include "stats/means.h"
#include "stats/skewness.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::latency;

TEST_CASE("paired_t gives R's interval of paired differences, wider where they are skewed",
          "[comparison]") {
    for (const auto& entry : test::reference_cases("tests_intervals.json", "paired_t")) {
        const auto& data = entry.at("data");
        const auto& expected = entry.at("expected");
        evidence::Examples examples =
            test::value_examples("latency_ms", data.at("y").get<std::vector<double>>(),
                                 data.at("x").get<std::vector<double>>());
        metrics::Metric metric = latency("mean");
        metric.direction = metrics::Direction::higher_is_better;
        const Comparison result =
            compare_all(metric, examples, absolute(0.5), test::without_floors());
        CHECK(result.method == "paired_t");
        CHECK_THAT(*result.delta, WithinAbs(expected.at("mean_diff").get<double>(), 1e-9));
        CHECK_THAT(*result.standard_error, WithinAbs(expected.at("se").get<double>(), 1e-9));
        const auto bounds = expected.at("ci90").get<std::vector<double>>();
        // Hall's correction moves the bound on the long tail's side alone.
        CHECK(result.interval->lower <= bounds[0] + 1e-9);
        CHECK(result.interval->upper >= bounds[1] - 1e-9);
        const double kept =
            std::min(bounds[0] - result.interval->lower, result.interval->upper - bounds[1]);
        CHECK_THAT(kept, WithinAbs(0.0, 1e-9));
        CHECK_THAT(result.margin->lower, WithinAbs(result.interval->lower + 0.5, 1e-12));
        CHECK(result.degrees_of_freedom == static_cast<double>(result.n - 1));
        metric.direction = metrics::Direction::lower_is_better;
        const Comparison mirrored =
            compare_all(metric, examples, absolute(0.5), test::without_floors());
        CHECK(mirrored.interval->lower == -result.interval->upper);
        CHECK(*mirrored.p_no_loss >= 1.0 - *result.p_no_loss - 1e-12);
    }
}

TEST_CASE("paired_t gives the published differences of a public leaderboard", "[comparison]") {
    const auto expected = test::read_table("alpaca_eval_v2_weighted/expected_pairs.csv");
    const auto preferences = test::read_table("alpaca_eval_v2_weighted/preferences.csv");
    std::map<std::string, std::size_t> column;
    for (std::size_t at = 0; at < preferences[0].size(); ++at) {
        column[preferences[0][at]] = at;
    }
    for (std::size_t row = 1; row < expected.size(); ++row) {
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (std::size_t at = 1; at < preferences.size(); ++at) {
            const std::string& left = preferences[at].at(column.at(expected[row][0]));
            const std::string& right = preferences[at].at(column.at(expected[row][1]));
            if (!left.empty() && !right.empty()) {
                baseline.push_back(std::stod(left));
                candidate.push_back(std::stod(right));
            }
        }
        const evidence::Examples examples = test::value_examples("latency_ms", baseline, candidate);
        metrics::Metric metric = latency("mean");
        metric.direction = metrics::Direction::higher_is_better;
        const Comparison result = compare_all(metric, examples, absolute(0.01), Options{});
        CAPTURE(expected[row][0], expected[row][1]);
        CHECK(std::to_string(result.n) == expected[row][3]);
        CHECK_THAT(*result.delta, WithinRel(std::stod(expected[row][4]), 1e-6));
        CHECK_THAT(*result.standard_error, WithinRel(std::stod(expected[row][5]), 1e-6));
    }
}

TEST_CASE("paired_t judges a relative margin as one linear difference", "[comparison]") {
    const std::vector<double> baseline = {10.0, 12.0, 9.0, 14.0, 11.0, 10.5, 13.0, 12.5};
    const std::vector<double> candidate = {10.4, 12.1, 9.6, 14.2, 11.5, 10.3, 13.4, 12.9};
    const evidence::Examples examples = test::value_examples("latency_ms", baseline, candidate);
    const Comparison result =
        compare_all(latency("mean"), examples, test::relative(0.05), test::without_floors());
    // Lower is better: b - c + 0.05 b = 1.05 b - c.
    std::vector<double> terms;
    for (std::size_t i = 0; i < 8; ++i) {
        terms.push_back(1.05 * baseline[i] - candidate[i]);
    }
    const stats::MeanEstimate mean = stats::paired_mean(terms);
    const stats::Interval expected = stats::skew_widened_interval(mean, 0.95);
    CHECK_THAT(result.margin->estimate, WithinAbs(mean.mean, 1e-12));
    CHECK_THAT(result.margin->lower, WithinAbs(expected.lower, 1e-9));
    CHECK_THAT(result.margin->upper, WithinAbs(expected.upper, 1e-9));
    CHECK_THAT(result.margin->margin, WithinAbs(0.05 * 11.5, 1e-12));
}

TEST_CASE("paired_t does not let a negative baseline flip a relative margin", "[comparison]") {
    const std::vector<double> baseline = {-10.0, -12.0, -9.0, -14.0, -11.0};
    const std::vector<double> candidate = {-10.2, -12.1, -9.3, -14.1, -11.2};
    metrics::Metric metric = latency("mean");
    metric.direction = metrics::Direction::higher_is_better;
    const Comparison result =
        compare_all(metric, test::value_examples("latency_ms", baseline, candidate),
                    test::relative(0.05), test::without_floors());
    CHECK_THAT(result.margin->margin, WithinAbs(0.05 * 11.2, 1e-12));
    CHECK_THAT(result.margin->estimate, WithinAbs(-0.18 + 0.56, 1e-12));
    CHECK(result.margin->lower > 0.0);
}

TEST_CASE("paired_t combines both parts of a margin", "[comparison]") {
    const std::vector<double> baseline = {10.0, 12.0, 9.0, 14.0, 11.0, 10.5, 13.0, 12.5};
    const std::vector<double> candidate = {10.4, 12.1, 9.6, 14.2, 11.5, 10.3, 13.4, 12.9};
    const evidence::Examples examples = test::value_examples("latency_ms", baseline, candidate);
    const auto judged = [&](Margin margin) {
        return *compare_all(latency("mean"), examples, margin, test::without_floors()).margin;
    };
    Margin both = test::relative(0.05);
    both.absolute = 2.0;
    const AgainstMargin either = judged(both);
    both.need_both = true;
    const AgainstMargin needs_both = judged(both);
    const AgainstMargin only_absolute = judged(absolute(2.0));
    const AgainstMargin only_relative = judged(test::relative(0.05));
    CHECK(either.margin == only_relative.margin);
    CHECK(either.lower == std::min(only_absolute.lower, only_relative.lower));
    CHECK(either.upper == std::min(only_absolute.upper, only_relative.upper));
    CHECK(needs_both.margin == only_absolute.margin);
    CHECK(needs_both.lower == std::max(only_absolute.lower, only_relative.lower));
    CHECK(needs_both.upper == std::max(only_absolute.upper, only_relative.upper));
}

TEST_CASE("paired_t uses clusters as the unit", "[comparison]") {
    for (const auto& entry : test::reference_cases("clustered_power_arl.json", "clustered.mean")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto values = entry.at("data").at("x").get<std::vector<double>>();
        const auto clusters = entry.at("data").at("cluster").get<std::vector<std::uint32_t>>();
        const evidence::Examples examples =
            test::ExamplesBuilder()
                .values("latency_ms", std::vector<double>(values.size(), 0.0), values)
                .clusters(clusters)
                .build();
        metrics::Metric metric = latency("mean");
        metric.direction = metrics::Direction::higher_is_better;
        const Comparison result =
            compare_all(metric, examples, absolute(0.5), test::without_floors());
        CHECK(result.method == "paired_t");
        CHECK_THAT(*result.delta, WithinAbs(entry.at("expected").at("mean").get<double>(), 1e-9));
        const stats::MeanEstimate reduced = stats::bias_reduced_clustered_mean(
            values, {}, clusters, *std::ranges::max_element(clusters) + 1);
        const stats::Interval bounds = stats::skew_widened_interval(reduced, 0.95);
        CHECK_THAT(*result.standard_error, WithinAbs(reduced.standard_error, 1e-12));
        CHECK_THAT(result.interval->lower, WithinAbs(bounds.lower, 1e-12));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds.upper, 1e-12));
        // Not far from CR1, which the reference has.
        const double cr1 = entry.at("expected").at("se_cluster_CR1_G_over_Gm1").get<double>();
        CHECK_THAT(*result.standard_error, WithinRel(cr1, 0.1));
        CHECK((test::has_note(result, "clustered") || test::has_note(result, "few_clusters")));
    }
}

TEST_CASE("paired_t judges weighted outcomes", "[comparison]") {
    const evidence::Examples examples = test::ExamplesBuilder()
                                            .class_names({"0", "1"})
                                            .labels({1, 1, 0, 0, 1, 0})
                                            .predictions({1, 1, 0, 1, 1, 0}, {1, 0, 0, 0, 1, 1})
                                            .weights({1.0, 2.0, 1.0, 3.0, 1.0, 2.0})
                                            .build();
    const Comparison result = compare_all(test::metric_for("accuracy", examples), examples,
                                          absolute(0.1), test::without_floors());
    CHECK(result.method == "paired_t");
    CHECK_THAT(*result.delta, WithinAbs((-2.0 + 3.0 - 2.0) / 10.0, 1e-12));
    const double change = result.candidate.number() - result.baseline.number();
    CHECK_THAT(*result.delta, WithinAbs(change, 1e-12));
}

TEST_CASE("paired_t decides nothing when all examples change by the same amount", "[comparison]") {
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 50; ++i) {
        baseline.push_back(0.1 * i);
        candidate.push_back(0.1 * i + 0.1);
    }
    const Comparison result =
        compare_all(latency("mean"), test::value_examples("latency_ms", baseline, candidate),
                    absolute(1.0), Options{});
    CHECK(result.degenerate);
    CHECK(test::has_note(result, "degenerate"));
}

TEST_CASE("paired_t decides nothing where the differences are too skewed for their number",
          "[comparison]") {
    // k of n examples change by 1: a skewness near sqrt(n / k), so that 16 of them are enough.
    for (const auto& [changed, enough] : {std::pair(14U, false), std::pair(15U, true)}) {
        std::vector<double> candidate(500, 1.0);
        std::fill_n(candidate.begin(), changed, 2.5);
        const Comparison result = compare_all(
            latency("mean"),
            test::value_examples("latency_ms", std::vector<double>(500, 1.0), candidate),
            absolute(0.5), Options{});
        CHECK(result.insufficient.has_value() != enough);
        CHECK(result.interval.has_value());
        if (!enough) {
            CHECK(result.insufficient->of == "examples for differences as skewed as these");
            CHECK(result.insufficient->have == 500);
            CHECK(result.insufficient->need > 500);
        }
    }
}

TEST_CASE("paired_t wants two examples and two clusters", "[comparison]") {
    const Comparison one =
        compare_all(latency("mean"), test::value_examples("latency_ms", {1.0}, {2.0}),
                    absolute(1.0), test::without_floors());
    REQUIRE(one.insufficient);
    CHECK(one.insufficient->have == 1);
    Options options = test::without_floors();
    options.min_clusters = 0;
    const Comparison cluster = compare_all(latency("mean"),
                                           test::ExamplesBuilder()
                                               .values("latency_ms", {1.0, 2.0}, {2.0, 4.0})
                                               .clusters({0, 0})
                                               .build(),
                                           absolute(1.0), options);
    REQUIRE(cluster.insufficient);
    CHECK(cluster.insufficient->of == "clusters");
}

TEST_CASE("paired_t does not depend on row order", "[comparison]") {
    stats::Stream stream(3);
    std::vector<double> baseline;
    std::vector<double> candidate;
    std::vector<double> weights;
    std::vector<std::uint32_t> clusters;
    for (std::uint32_t i = 0; i < 200; ++i) {
        baseline.push_back(100.0 * stream.uniform());
        candidate.push_back(baseline.back() * (0.9 + 0.2 * stream.uniform()));
        weights.push_back(stream.uniform());
        clusters.push_back(i % 15);
    }
    const auto order = test::shuffled(200);
    const auto result = [&](bool moved, bool weighted, bool clustered) {
        const auto take = [&](const auto& values) {
            return moved ? test::permuted(values, order) : values;
        };
        test::ExamplesBuilder builder;
        builder.values("latency_ms", take(baseline), take(candidate));
        if (weighted) {
            builder.weights(take(weights));
        }
        if (clustered) {
            builder.clusters(take(clusters));
        }
        Options options;
        options.candidate_interval = true;
        return test::numbers_of(
            compare_all(latency("mean"), builder.build(), test::relative(0.01), options));
    };
    for (const bool weighted : {false, true}) {
        for (const bool clustered : {false, true}) {
            CHECK(result(false, weighted, clustered) == result(true, weighted, clustered));
        }
    }
}
