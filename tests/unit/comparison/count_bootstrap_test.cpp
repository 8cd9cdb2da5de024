// The catalog entry "count_bootstrap".
#include <cmath>

#include "comparison/guarded_table.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

namespace {

evidence::Examples predictions(const test::BinarySample& sample) {
    return test::binary_examples(sample.labels, sample.baseline, sample.candidate);
}

/// Standard error of the difference of two F1 by the delta method: the influence of each example on
/// F1 = 2 tp / (2 tp + fp + fn).
double delta_method_error(const test::BinarySample& sample) {
    const std::size_t n = sample.labels.size();
    std::vector<double> influence(n, 0.0);
    for (const auto& [side, sign] :
         {std::pair(&sample.candidate, 1.0), std::pair(&sample.baseline, -1.0)}) {
        double hits = 0.0;
        double either = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            hits += sample.labels[i] * (*side)[i];
            either += sample.labels[i] + (*side)[i];
        }
        const double f1 = 2.0 * hits / either;
        for (std::size_t i = 0; i < n; ++i) {
            const double hit = sample.labels[i] * (*side)[i];
            const double sum = sample.labels[i] + (*side)[i];
            influence[i] += sign * (2.0 * hit - f1 * sum) / (either / static_cast<double>(n));
        }
    }
    double squares = 0.0;
    for (const double value : influence) {
        squares += value * value;
    }
    return std::sqrt(squares) / static_cast<double>(n);
}

}  // namespace

TEST_CASE("count_bootstrap agrees with the delta method on F1", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(3000, 0.3, 0.08, 0.1);
    const evidence::Examples examples = predictions(sample);
    const Comparison result =
        compare_all(metric_for("f1", examples), examples, absolute(0.05), Options{});
    CHECK(result.method == "count_bootstrap");
    const double error = delta_method_error(sample);
    CHECK_THAT(*result.standard_error, WithinRel(error, 0.08));
    CHECK_THAT(result.interval->lower, WithinAbs(*result.delta - 1.645 * error, 0.3 * error));
    CHECK_THAT(result.interval->upper, WithinAbs(*result.delta + 1.645 * error, 0.3 * error));
    CHECK_THAT(*result.mde, WithinRel(2.486 * *result.standard_error, 1e-3));
}

TEST_CASE("count_bootstrap gives every table metric an interval", "[comparison]") {
    const evidence::Examples examples = predictions(test::binary_sample(800, 0.3, 0.08, 0.1));
    for (const char* name : {"f1", "precision", "balanced_accuracy", "mcc", "cohen_kappa"}) {
        CAPTURE(name);
        const Comparison result =
            compare_all(metric_for(name, examples), examples, absolute(0.05), Options{});
        CHECK(result.problem.empty());
        REQUIRE(result.interval);
        CHECK(result.interval->lower < *result.delta);
        CHECK(*result.delta < result.interval->upper);
    }
}

TEST_CASE("count_bootstrap can be asked for where tango is the default", "[comparison]") {
    const evidence::Examples examples = predictions(test::binary_sample(1500, 0.3, 0.08, 0.1));
    Options options;
    const Comparison tango =
        compare_all(metric_for("accuracy", examples), examples, absolute(0.02), options);
    options.method = "count_bootstrap";
    const Comparison resampled =
        compare_all(metric_for("accuracy", examples), examples, absolute(0.02), options);
    CHECK(resampled.method == "count_bootstrap");
    CHECK_THAT(*resampled.delta, WithinAbs(*tango.delta, 1e-12));
    CHECK_THAT(resampled.interval->lower, WithinAbs(tango.interval->lower, 0.002));
    CHECK_THAT(resampled.interval->upper, WithinAbs(tango.interval->upper, 0.002));
}

TEST_CASE("count_bootstrap draws a spread where only one example differs", "[comparison]") {
    test::BinarySample sample = test::binary_sample(200, 0.3, 0.1, 0.1);
    sample.candidate = sample.baseline;
    for (std::size_t i = 0; i < sample.labels.size(); ++i) {
        if (sample.labels[i] == 1 && sample.baseline[i] == 1) {
            sample.candidate[i] = 0;
            break;
        }
    }
    const evidence::Examples examples = predictions(sample);
    const Comparison result =
        compare_all(metric_for("f1", examples), examples, absolute(0.05), Options{});
    CHECK_FALSE(result.identical);
    CHECK(result.interval->lower < *result.delta);
    CHECK(result.interval->upper > 0.0);
}

TEST_CASE("the guard is half a count on each kind of discordance of each label", "[comparison]") {
    const std::vector<metrics::JointCell> two = {{0, 0, 0, 60, 60.0}, {1, 1, 1, 40, 40.0}};
    const GuardedTable binary = guarded_pairs(two, 2);
    CHECK(binary.draws == 100);
    CHECK(binary.total == 102.0);
    CHECK(binary.cells.size() == 6);
    const std::vector<metrics::JointCell> three = {
        {0, 0, 0, 60, 60.0}, {1, 1, 1, 40, 40.0}, {2, 2, 0, 10, 10.0}};
    const GuardedTable several = guarded_pairs(three, 4);
    CHECK(several.total == 113.0);  // class 3 does not occur
    CHECK(several.cells.size() == 3 + 3 * 2 * 2);
    stats::Stream stream(1);
    std::vector<std::uint64_t> scratch;
    std::vector<double> mass;
    draw_masses(several, stream, scratch, mass);
    double sum = 0.0;
    for (const double value : mass) {
        sum += value;
    }
    CHECK_THAT(sum, WithinAbs(110.0, 1e-9));
}

TEST_CASE("count_bootstrap wants examples of each class that matters", "[comparison]") {
    const evidence::Examples examples = predictions(test::binary_sample(400, 0.04, 0.08, 0.1));
    const Comparison f1 =
        compare_all(metric_for("f1", examples), examples, absolute(0.05), Options{});
    REQUIRE(f1.insufficient);
    CHECK(f1.insufficient->of == "positives");
    CHECK(f1.delta);
    CHECK(f1.margin);
    CHECK_FALSE(f1.interval);
    // Accuracy has no such floor.
    const Comparison accuracy =
        compare_all(metric_for("accuracy", examples), examples, absolute(0.05), Options{});
    CHECK_FALSE(accuracy.insufficient);
}

TEST_CASE("count_bootstrap looks at the rarest class of a macro average only", "[comparison]") {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> baseline;
    std::vector<std::uint32_t> candidate;
    for (std::uint32_t i = 0; i < 210; ++i) {
        labels.push_back(i < 100 ? 0 : (i < 200 ? 1 : 2));
        baseline.push_back(i % 7 == 0 ? (labels.back() + 1) % 3 : labels.back());
        candidate.push_back(i % 9 == 0 ? (labels.back() + 1) % 3 : labels.back());
    }
    const evidence::Examples examples = test::multiclass_examples(3, labels, baseline, candidate);
    metrics::Metric metric = test::metric_named("f1");
    metric.parameters.average = metrics::Average::macro;
    const Comparison macro = compare_all(metric, examples, absolute(0.2), Options{});
    REQUIRE(macro.insufficient);
    CHECK(macro.insufficient->of == "examples of class '2'");
    CHECK(macro.insufficient->have == 10);
    metric.parameters.average = metrics::Average::micro;
    CHECK_FALSE(compare_all(metric, examples, absolute(0.2), Options{}).insufficient);
}

TEST_CASE("count_bootstrap says when resamples leave the metric undefined", "[comparison]") {
    // Three predicted positives: precision has none in many resamples.
    std::vector<std::uint32_t> labels(100, 0);
    std::vector<std::uint32_t> baseline(100, 0);
    std::vector<std::uint32_t> candidate(100, 0);
    labels[0] = labels[1] = labels[2] = labels[3] = 1;
    baseline[0] = baseline[1] = baseline[2] = baseline[9] = 1;
    candidate[0] = candidate[1] = candidate[8] = 1;
    const evidence::Examples examples = test::binary_examples(labels, baseline, candidate);
    const Comparison result = compare_all(metric_for("precision", examples), examples,
                                          absolute(0.5), test::without_floors());
    CHECK(result.degenerate);
    CHECK(test::has_note(result, "undefined_replicates"));
    CHECK(result.delta);
}

TEST_CASE("count_bootstrap gives the same bytes for the same seed and any row order",
          "[comparison]") {
    const test::BinarySample sample = test::binary_sample(500, 0.3, 0.08, 0.1);
    const auto order = test::shuffled(500);
    const evidence::Examples first = predictions(sample);
    const evidence::Examples second = test::binary_examples(
        test::permuted(sample.labels, order), test::permuted(sample.baseline, order),
        test::permuted(sample.candidate, order));
    Options options;
    options.candidate_interval = true;
    const auto numbers = [&](const evidence::Examples& examples) {
        return test::numbers_of(
            compare_all(metric_for("f1", examples), examples, test::relative(0.05), options));
    };
    CHECK(numbers(first) == numbers(first));
    CHECK(numbers(first) == numbers(second));
    const auto before = numbers(first);
    options.seed = 1;
    CHECK(before != numbers(first));
}
