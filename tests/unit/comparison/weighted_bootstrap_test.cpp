// The catalog entry "weighted_bootstrap".
#include <cmath>

#include "comparison/units.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

namespace {

struct Regression {
    std::vector<double> targets, baseline, candidate, weights;
    std::vector<std::uint32_t> clusters;
};

Regression regression(std::size_t count) {
    stats::Stream stream(11);
    Regression data;
    for (std::size_t i = 0; i < count; ++i) {
        data.targets.push_back(10.0 * stream.uniform());
        const double shared = stream.uniform() - 0.5;
        data.baseline.push_back(data.targets.back() + 2.0 * shared + stream.uniform() - 0.5);
        data.candidate.push_back(data.targets.back() + 2.2 * shared + stream.uniform() - 0.5);
        data.weights.push_back(0.5 + stream.uniform());
        data.clusters.push_back(static_cast<std::uint32_t>(stream.below(40)));
    }
    return data;
}

evidence::Examples build(const Regression& data, bool weighted, bool clustered,
                         const std::vector<std::size_t>* order = nullptr) {
    const auto take = [&](const auto& values) {
        return order == nullptr ? values : test::permuted(values, *order);
    };
    test::ExamplesBuilder builder;
    builder.targets(take(data.targets))
        .predicted_numbers(take(data.baseline), take(data.candidate))
        .ids(take(test::numbered_ids(data.targets.size())));
    if (weighted) {
        builder.weights(take(data.weights));
    }
    if (clustered) {
        builder.clusters(take(data.clusters));
    }
    return builder.build();
}

evidence::Examples build(const test::BinarySample& sample, bool weighted, bool clustered,
                         const std::vector<std::size_t>* order = nullptr) {
    const auto take = [&](const auto& values) {
        return order == nullptr ? values : test::permuted(values, *order);
    };
    const std::size_t count = sample.labels.size();
    std::vector<double> weights;
    std::vector<std::uint32_t> clusters;
    for (std::size_t i = 0; i < count; ++i) {
        weights.push_back(0.1 + 0.37 * static_cast<double>(i % 5));
        clusters.push_back(static_cast<std::uint32_t>(i % 50));
    }
    test::ExamplesBuilder builder;
    builder.class_names({"0", "1"})
        .labels(take(sample.labels))
        .predictions(take(sample.baseline), take(sample.candidate))
        .scores(take(sample.baseline_scores), take(sample.candidate_scores))
        .values("latency_ms", take(sample.baseline_scores), take(sample.candidate_scores))
        .ids(take(test::numbered_ids(count)));
    if (weighted) {
        builder.weights(take(weights));
    }
    if (clustered) {
        builder.clusters(take(clusters));
    }
    return builder.build();
}

}  // namespace

TEST_CASE("weighted_bootstrap agrees with the delta method on RMSE", "[comparison]") {
    const Regression data = regression(2000);
    const evidence::Examples examples = build(data, false, false);
    const Comparison result =
        compare_all(metric_for("rmse", examples), examples, absolute(0.5), Options{});
    CHECK(result.method == "weighted_bootstrap");
    // d rmse = d mse / (2 rmse).
    const double of_baseline = result.baseline.number();
    const double of_candidate = result.candidate.number();
    std::vector<double> influence;
    double sum = 0.0;
    for (std::size_t i = 0; i < 2000; ++i) {
        const double b = data.baseline[i] - data.targets[i];
        const double c = data.candidate[i] - data.targets[i];
        influence.push_back(c * c / (2.0 * of_candidate) - b * b / (2.0 * of_baseline));
        sum += influence.back();
    }
    double squares = 0.0;
    for (const double value : influence) {
        squares += (value - sum / 2000.0) * (value - sum / 2000.0);
    }
    const double error = std::sqrt(squares) / 2000.0;
    CHECK_THAT(*result.standard_error, WithinRel(error, 0.08));
    CHECK_THAT(*result.delta, WithinAbs(of_baseline - of_candidate, 1e-12));
    CHECK(result.interval->lower < *result.delta);
    CHECK(*result.delta < result.interval->upper);
}

TEST_CASE("weighted_bootstrap agrees with DeLong on AUC", "[comparison]") {
    const evidence::Examples examples =
        build(test::binary_sample(1000, 0.4, 0.1, 0.1), false, false);
    Options options;
    const Comparison closed =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.3), options);
    options.method = "weighted_bootstrap";
    const Comparison resampled =
        compare_all(metric_for("roc_auc", examples), examples, absolute(0.3), options);
    CHECK(closed.method == "delong");
    CHECK(resampled.method == "weighted_bootstrap");
    CHECK_THAT(*resampled.delta, WithinAbs(*closed.delta, 1e-12));
    CHECK_THAT(*resampled.standard_error, WithinRel(*closed.standard_error, 0.1));
}

TEST_CASE("weighted_bootstrap agrees with paired t on a mean and with Tango on accuracy",
          "[comparison]") {
    const evidence::Examples numbers = build(regression(1000), false, false);
    const evidence::Examples classes =
        build(test::binary_sample(1000, 0.4, 0.1, 0.12), false, false);
    const auto both = [](const char* name, const evidence::Examples& examples) {
        Options options;
        const Comparison closed =
            compare_all(metric_for(name, examples), examples, absolute(0.5), options);
        options.method = "weighted_bootstrap";
        const Comparison resampled =
            compare_all(metric_for(name, examples), examples, absolute(0.5), options);
        CHECK_THAT(*resampled.delta, WithinAbs(*closed.delta, 1e-12));
        CHECK_THAT(*resampled.standard_error, WithinRel(*closed.standard_error, 0.1));
    };
    both("mae", numbers);
    both("accuracy", classes);
}

TEST_CASE("weighted_bootstrap resamples clusters where there are any", "[comparison]") {
    // Copies of one example in a cluster carry no more than one: the spread stays that of the
    // clusters.
    const Regression once = regression(60);
    Regression copied;
    for (std::size_t i = 0; i < 60; ++i) {
        for (int copy = 0; copy < 20; ++copy) {
            copied.targets.push_back(once.targets[i]);
            copied.baseline.push_back(once.baseline[i]);
            copied.candidate.push_back(once.candidate[i]);
            copied.clusters.push_back(static_cast<std::uint32_t>(i));
        }
    }
    const evidence::Examples single = build(once, false, false);
    const evidence::Examples many = build(copied, false, true);
    const Comparison small =
        compare_all(metric_for("rmse", single), single, absolute(0.5), Options{});
    const Comparison large = compare_all(metric_for("rmse", many), many, absolute(0.5), Options{});
    CHECK_THAT(*large.delta, WithinAbs(*small.delta, 1e-12));
    CHECK_THAT(*large.standard_error, WithinRel(*small.standard_error, 0.15));
    CHECK(test::has_note(large, "clustered"));
}

TEST_CASE("weighted_bootstrap gives every remaining metric an interval", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(600, 0.4, 0.1, 0.12);
    for (const bool weighted : {false, true}) {
        for (const bool clustered : {false, true}) {
            const evidence::Examples examples = build(sample, weighted, clustered);
            Options options;
            options.method = "weighted_bootstrap";
            options.candidate_interval = true;
            for (const char* name : {"average_precision", "ks_separation", "roc_auc", "f1", "mcc",
                                     "recall", "log_loss", "brier_score"}) {
                if (std::string(name) == "log_loss" || std::string(name) == "brier_score") {
                    continue;  // the sample's scores are no probabilities
                }
                CAPTURE(name, weighted, clustered);
                const Comparison result =
                    compare_all(metric_for(name, examples), examples, absolute(0.3), options);
                CHECK(result.problem.empty());
                CHECK_FALSE(result.degenerate);
                REQUIRE(result.interval);
                CHECK(result.interval->lower < *result.delta);
                CHECK(*result.delta < result.interval->upper);
                REQUIRE(result.candidate_interval);
                CHECK(result.candidate_interval->lower < result.candidate.number());
                CHECK(result.candidate.number() < result.candidate_interval->upper);
            }
        }
    }
}

TEST_CASE("weighted_bootstrap resamples the quantile of a clustered column", "[comparison]") {
    const evidence::Examples examples =
        build(test::binary_sample(600, 0.4, 0.1, 0.12), false, true);
    const Comparison result =
        compare_all(test::latency("median", 0.5), examples, absolute(0.3), Options{});
    CHECK(result.method == "weighted_bootstrap");
    REQUIRE(result.interval);
    CHECK(result.interval->lower <= *result.delta);
    CHECK(*result.delta <= result.interval->upper);
}

TEST_CASE("weighted_bootstrap refuses examples without ids or clusters", "[comparison]") {
    const Regression data = regression(100);
    const evidence::Examples examples =
        test::regression_examples(data.targets, data.baseline, data.candidate);
    const Comparison result =
        compare_all(metric_for("rmse", examples), examples, absolute(0.5), Options{});
    CHECK(result.problem.find("needs ids") != std::string::npos);
    CHECK_FALSE(result.interval);
}

TEST_CASE("weighted_bootstrap keeps an example's weights when it moves", "[comparison]") {
    const Regression numbers = regression(300);
    const test::BinarySample classes = test::binary_sample(300, 0.4, 0.1, 0.12);
    const auto order = test::shuffled(300);
    Options options;
    options.method = "weighted_bootstrap";
    options.candidate_interval = true;
    for (const bool weighted : {false, true}) {
        for (const bool clustered : {false, true}) {
            const auto same = [&](const char* name, const evidence::Examples& before,
                                  const evidence::Examples& after) {
                CAPTURE(name, weighted, clustered);
                const auto numbers_of = [&](const evidence::Examples& examples) {
                    return test::numbers_of(compare_all(metric_for(name, examples), examples,
                                                        test::relative(0.05), options));
                };
                CHECK(numbers_of(before) == numbers_of(after));
            };
            const evidence::Examples before = build(numbers, weighted, clustered);
            const evidence::Examples after = build(numbers, weighted, clustered, &order);
            same("rmse", before, after);
            same("r2", before, after);
            same("mae", before, after);
            const evidence::Examples left = build(classes, weighted, clustered);
            const evidence::Examples right = build(classes, weighted, clustered, &order);
            for (const char* name :
                 {"average_precision", "ks_separation", "roc_auc", "f1", "accuracy"}) {
                same(name, left, right);
            }
        }
    }
}

TEST_CASE("fixed-point sums are those of the numbers", "[comparison]") {
    const std::vector<double> numbers = {1e-3, -7.25, 3.125, 1e6};
    const FixedPoint scale(1e6, numbers.size());
    std::int64_t sum = 0;
    for (const double number : numbers) {
        sum += scale.of(number);
    }
    CHECK_THAT(scale.back(sum), WithinAbs(1e6 - 4.124, 1e-9));
    const FixedPoint of_zeros(0.0, 5);
    CHECK(of_zeros.of(0.0) == 0);
    const FixedPoint tiny(5e-324, 1000);
    CHECK(tiny.back(tiny.of(5e-324)) == 5e-324);
    const FixedPoint huge(1e308, 1000000);
    CHECK_THAT(huge.back(huge.of(1e308)), WithinRel(1e308, 1e-9));
}

TEST_CASE("weighted_bootstrap decides nothing where a few errors make up the change",
          "[comparison]") {
    for (const auto& [large, enough] : {std::pair(5U, false), std::pair(40U, true)}) {
        Regression data = regression(400);
        for (std::size_t i = 0; i < large; ++i) {
            data.candidate[i] = data.targets[i] + 30.0;
        }
        const evidence::Examples examples = build(data, false, false);
        const Comparison result =
            compare_all(metric_for("rmse", examples), examples, absolute(0.5), Options{});
        CHECK(result.insufficient.has_value() != enough);
        CHECK(result.interval.has_value());
        if (!enough) {
            CHECK(result.insufficient->of == "examples for differences as skewed as these");
            CHECK(result.insufficient->have == 400);
            CHECK(result.insufficient->need > 400);
        }
    }
}

TEST_CASE("weighted_bootstrap widens its interval where few clusters are resampled",
          "[comparison]") {
    Regression data = regression(120);
    const auto width = [&](std::uint32_t clusters) {
        for (std::size_t i = 0; i < data.clusters.size(); ++i) {
            data.clusters[i] = static_cast<std::uint32_t>(i) % clusters;
        }
        const evidence::Examples examples = build(data, false, true);
        const Comparison result = compare_all(metric_for("rmse", examples), examples, absolute(0.5),
                                              test::without_floors());
        return (result.interval->upper - result.interval->lower) / *result.standard_error;
    };
    // Two standard errors of 1.645, and two of t with 5 degrees of freedom over sqrt(1 - 1/6).
    CHECK_THAT(width(120), WithinRel(2.0 * 1.66, 0.1));
    CHECK(width(6) > 2.0 * 2.0);
}

TEST_CASE("weighted_bootstrap decides nothing where one example weighs all", "[comparison]") {
    Regression data = regression(60);
    data.weights[0] = 1e25;
    const evidence::Examples examples = build(data, true, false);
    const Comparison result =
        compare_all(metric_for("rmse", examples), examples, absolute(0.5), Options{});
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "units of comparable weight");
    CHECK_FALSE(result.interval);
}
