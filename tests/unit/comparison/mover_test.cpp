// The catalog entry "mover", and what different examples share.
#include "stats/mover.h"
#include "comparison/candidate_interval.h"
#include "stats/means.h"
#include "stats/proportions.h"
#include "stats/skewness.h"
#include "support/catch.h"
#include "unit/comparison/different_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_halves;
using test::half_of;
using test::metric_named;

namespace {

const test::BinarySample sample = test::binary_sample(1000, 0.4, 0.1, 0.2);
const evidence::Examples baseline = half_of(sample, 0, false);
const evidence::Examples candidate = half_of(sample, 1, true);

std::optional<stats::Interval> own_interval(const metrics::Metric& metric,
                                            const evidence::Examples& examples) {
    metrics::Metric resolved = metric;
    REQUIRE(metrics::resolve(resolved, examples).empty());
    return candidate_interval(resolved, examples, evidence::Rows::all(examples.rows), Options{});
}

}  // namespace

TEST_CASE("mover joins the two sides' own intervals", "[comparison]") {
    for (const char* name : {"f1", "mcc", "average_precision", "ks_separation"}) {
        CAPTURE(name);
        const metrics::Metric metric = metric_named(name);
        const Comparison result = compare_halves(metric, baseline, candidate, absolute(0.05));
        CHECK(result.method == "mover");
        const auto before = own_interval(metric, baseline);
        const auto now = own_interval(metric, candidate);
        REQUIRE((before && now));
        const stats::Interval joined =
            stats::mover({result.candidate.number(), *now}, {result.baseline.number(), *before});
        CHECK_THAT(result.interval->lower, WithinAbs(joined.lower, 1e-12));
        CHECK_THAT(result.interval->upper, WithinAbs(joined.upper, 1e-12));
        CHECK((*result.p_no_loss < 0.05) == (result.interval->upper < 0.0));
        CHECK(test::has_note(result, "different_examples"));
    }
}

TEST_CASE("a quantile of different examples is bounded by order statistics", "[comparison]") {
    const Comparison result =
        compare_halves(test::latency("quantile"), baseline, candidate, absolute(0.2));
    CHECK(result.method == "mover");
    CHECK(result.interval);
    // 500 values bound no 99.9th percentile.
    const Comparison extreme =
        compare_halves(test::latency("quantile", 0.999), baseline, candidate, absolute(0.2));
    CHECK(extreme.degenerate);
    CHECK(extreme.problem.empty());
}

TEST_CASE("shares of different examples take Newcombe's interval, or another when asked",
          "[comparison]") {
    const Comparison newcombe =
        compare_halves(metric_named("accuracy"), baseline, candidate, absolute(0.05));
    CHECK(newcombe.method == "newcombe");
    const double x1 = std::round(newcombe.candidate.number() * 500.0);
    const double x2 = std::round(newcombe.baseline.number() * 500.0);
    const stats::Interval expected = stats::newcombe(x1, 500, x2, 500, 0.95);
    CHECK_THAT(newcombe.interval->lower, WithinAbs(expected.lower, 1e-12));
    CHECK_THAT(newcombe.interval->upper, WithinAbs(expected.upper, 1e-12));
    const Comparison score = compare_halves(metric_named("accuracy"), baseline, candidate,
                                            absolute(0.05), "miettinen_nurminen");
    const stats::Interval inverted = stats::miettinen_nurminen(
        {static_cast<std::uint64_t>(x1), 500, static_cast<std::uint64_t>(x2), 500}, 0.95);
    CHECK(score.method == "miettinen_nurminen");
    CHECK(score.interval->lower == inverted.lower);
    CHECK(compare_halves(metric_named("accuracy"), baseline, candidate, absolute(0.05), "tango")
              .problem.find("not for sides that are different examples") != std::string::npos);
}

TEST_CASE("means of different examples take Welch's t, widened for skewness", "[comparison]") {
    const Comparison result =
        compare_halves(metric_named("brier_score"), baseline, candidate, absolute(0.05));
    CAPTURE(result.problem);
    CHECK(result.method == "welch");
    std::vector<double> losses[2];
    for (std::size_t i = 0; i < sample.labels.size(); ++i) {
        const double score = i % 2 == 0 ? sample.baseline_scores[i] : sample.candidate_scores[i];
        const double error = test::as_probability(score) - sample.labels[i];
        losses[i % 2].push_back(error * error);
    }
    stats::MeanEstimate expected = stats::welch(losses[1], losses[0]);
    CHECK_THAT(*result.delta, WithinAbs(-expected.mean, 1e-12));
    CHECK_THAT(*result.standard_error, WithinAbs(expected.standard_error, 1e-12));
    // The third cumulant of a difference of means: k3/n^2 of each side's values.
    const auto cumulant = [](const std::vector<double>& values) {
        const double n = static_cast<double>(values.size());
        double mean = 0.0;
        for (const double value : values) {
            mean += value / n;
        }
        double squares = 0.0;
        double cubes = 0.0;
        for (const double value : values) {
            squares += std::pow(value - mean, 2) / n;
            cubes += std::pow(value - mean, 3) / n;
        }
        const double error = stats::paired_mean(values).standard_error;
        return cubes / std::pow(squares, 1.5) / std::sqrt(n) * std::pow(error, 3);
    };
    expected.skewness =
        (cumulant(losses[1]) - cumulant(losses[0])) / std::pow(expected.standard_error, 3);
    const stats::Interval widened = stats::skew_widened_interval(expected, 0.95);
    CHECK_THAT(result.interval->lower, WithinAbs(-widened.upper, 1e-12));
    CHECK_THAT(result.interval->upper, WithinAbs(-widened.lower, 1e-12));
}

TEST_CASE("an undefined side is named, whichever it is", "[comparison]") {
    const evidence::Examples one_class =
        test::ExamplesBuilder()
            .class_names({"0", "1"})
            .labels(std::vector<std::uint32_t>(40, 0))
            .scores(std::vector<double>(40, 0.5), std::vector<double>(40, 0.5))
            .ids(test::numbered_ids(40))
            .build();
    CHECK(compare_halves(metric_named("roc_auc"), one_class, candidate, absolute(0.1))
              .problem.find("undefined on the baseline") != std::string::npos);
    CHECK(compare_halves(metric_named("roc_auc"), baseline, one_class, absolute(0.1))
              .problem.find("undefined on the candidate") != std::string::npos);
}

TEST_CASE("resampling of different examples needs ids and says so", "[comparison]") {
    evidence::Examples nameless = candidate;
    nameless.ids.reset();
    CHECK(compare_halves(metric_named("ks_separation"), baseline, nameless, absolute(0.1))
              .problem.find("needs ids") != std::string::npos);
}

TEST_CASE("counts over both sides need the same examples", "[comparison]") {
    CHECK(compare_halves(metric_named("flips"), baseline, candidate, absolute(0.1))
              .problem.find("needs the same examples") != std::string::npos);
}
