// The catalog entry "log_ratio".
#include "stats/means.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::relative;

namespace {

evidence::Samples samples(std::vector<double> values) {
    evidence::Samples result;
    result.values = std::move(values);
    return result;
}

metrics::Metric recorded_metric(metrics::Direction direction, const std::string& statistic) {
    metrics::Metric metric;
    metric.name = "score";
    metric.direction = direction;
    metric.statistic = statistic;
    return metric;
}

const metrics::Metric timing =
    recorded_metric(metrics::Direction::lower_is_better, "geometric_mean");
const evidence::Samples baseline = samples({1.10, 1.25, 0.98, 1.31, 1.07});
const evidence::Samples candidate = samples({1.42, 1.61, 1.33, 1.58, 1.49, 1.37});

/// The geometric mean of the value column "cost", lower is better.
metrics::Metric cost(const std::string& reference = "") {
    metrics::Metric metric = test::metric_named("geometric_mean");
    metric.name = "cost";
    metric.statistic = "geometric_mean";
    metric.direction = metrics::Direction::lower_is_better;
    metric.parameters.column = "cost";
    metric.parameters.reference = reference;
    return metric;
}

evidence::Examples examples_of(const std::vector<double>& before,
                               const std::vector<double>& after) {
    evidence::Examples examples;
    examples.rows = before.size();
    examples.sides[0].values["cost"].values = before;
    examples.sides[1].values["cost"].values = after;
    return examples;
}

}  // namespace

TEST_CASE("timings are compared by the ratio of their geometric means", "[comparison]") {
    // SciPy 1.17.1: gmean, ttest_ind(log(c), log(b), equal_var=False).confidence_interval(0.9).
    const Comparison result = compare(timing, baseline, candidate, relative(0.1), Options{});
    CHECK(result.method == "log_ratio");
    CHECK_THAT(result.baseline.number(), WithinAbs(1.1356297715988375, 1e-12));
    CHECK_THAT(result.candidate.number(), WithinAbs(1.4630358360024966, 1e-12));
    CHECK_THAT(result.ratio->estimate, WithinAbs(1.288303523376909, 1e-12));
    CHECK_THAT(result.ratio->lower, WithinAbs(1.1455514556359196, 1e-10));
    CHECK_THAT(result.ratio->upper, WithinAbs(1.448844536995511, 1e-10));
    // The same in seconds, turned so that negative is worse.
    CHECK_THAT(*result.delta, WithinAbs(1.1356297715988375 - 1.4630358360024966, 1e-12));
    CHECK_THAT(result.interval->lower,
               WithinAbs(1.1356297715988375 * (1.0 - 1.448844536995511), 1e-10));
    CHECK_THAT(result.margin->margin, WithinAbs(0.11356297715988375, 1e-12));
    CHECK(result.margin->upper < 0.0);  // more than 10 % slower, beyond noise
}

TEST_CASE("the relative margin is judged as a ratio, in either direction", "[comparison]") {
    const evidence::Samples before = samples({100.0, 104.0, 98.0, 101.0});
    const evidence::Samples after = samples({89.0, 93.0, 88.0, 91.0});
    const metrics::Metric throughput =
        recorded_metric(metrics::Direction::higher_is_better, "geometric_mean");
    for (const double share : {0.05, 0.10, 0.15, 0.20}) {
        const Comparison result = compare(throughput, before, after, relative(share), Options{});
        CAPTURE(share, result.ratio->lower, result.ratio->upper);
        CHECK((result.margin->lower > 0.0) == (result.ratio->lower > 1.0 - share));
        CHECK((result.margin->upper < 0.0) == (result.ratio->upper < 1.0 - share));
        const Comparison slower = compare(timing, after, before, relative(share), Options{});
        CHECK((slower.margin->lower > 0.0) == (slower.ratio->upper < 1.0 + share));
        CHECK((slower.margin->upper < 0.0) == (slower.ratio->lower > 1.0 + share));
    }
}

TEST_CASE("paired timings are compared by their ratios run by run", "[comparison]") {
    // SciPy 1.17.1: ttest_rel(log(c), log(b)).confidence_interval(0.9).
    Options options;
    options.paired_runs = true;
    const Comparison result =
        compare(timing, baseline, samples({1.42, 1.61, 1.33, 1.58, 1.49}), relative(0.1), options);
    CHECK_THAT(result.ratio->estimate, WithinAbs(1.305344290438899, 1e-12));
    CHECK_THAT(result.ratio->lower, WithinAbs(1.2382627428712503, 1e-10));
    CHECK_THAT(result.ratio->upper, WithinAbs(1.3760599084410956, 1e-10));
}

TEST_CASE("a policy may ask for log_ratio where it states no summary", "[comparison]") {
    Options options;
    options.method = "log_ratio";
    const metrics::Metric bare = recorded_metric(metrics::Direction::lower_is_better, "");
    const Comparison result = compare(bare, baseline, candidate, relative(0.1), options);
    CHECK(result.method == "log_ratio");
    CHECK(test::has_note(result, "geometric_means"));
    CHECK_THAT(result.candidate.number(), WithinAbs(1.4630358360024966, 1e-12));
    const metrics::Metric mean = recorded_metric(metrics::Direction::lower_is_better, "mean");
    CHECK(compare(mean, baseline, candidate, relative(0.1), options).problem ==
          "method 'log_ratio' does not apply to the mean of repeated runs: it compares geometric "
          "means; welch or mann_whitney would");
}

TEST_CASE("values that are not above 0 have no ratio", "[comparison]") {
    for (const double value : {0.0, -1.0}) {
        const Comparison result =
            compare(timing, baseline, samples({1.0, value, 2.0}), relative(0.1), Options{});
        CHECK(result.problem ==
              "undefined on the candidate: a run is not above 0, so it has no geometric mean");
    }
    const auto examples = examples_of({1.0, 2.0}, {1.0, 0.0});
    CHECK(test::compare_all(cost(), examples, relative(0.1), Options{}).problem ==
          "undefined on the candidate: a geometric mean needs values above 0; example row 2");
}

TEST_CASE("an absolute margin of a ratio is refused", "[comparison]") {
    CHECK(compare(timing, baseline, candidate, absolute(0.1), Options{}).problem.find("`abs`") !=
          std::string::npos);
}

TEST_CASE("ratios that are all equal decide nothing", "[comparison]") {
    Options options;
    options.paired_runs = true;
    const Comparison result =
        compare(timing, samples({1.0, 2.0, 3.0}), samples({1.1, 2.2, 3.3}), relative(0.2), options);
    CHECK(result.degenerate);
    CHECK(compare(timing, baseline, baseline, relative(0.1), options).identical);
}

TEST_CASE("one diverged task does not hide a gain in the others", "[comparison]") {
    std::vector<double> before(40);
    std::vector<double> after(40);
    for (std::size_t i = 0; i < before.size(); ++i) {
        before[i] = 1.0 + static_cast<double>(i % 7);
        after[i] = before[i] * (0.7 + 0.01 * static_cast<double>(i % 5));
    }
    before[0] = 400.0;
    const auto examples = examples_of(before, after);
    metrics::Metric mean = cost();
    mean.definition = metrics::find("mean");
    mean.statistic = "mean";
    const Comparison plain = test::compare_all(mean, examples, relative(0.05), Options{});
    CHECK((!plain.problem.empty() || plain.margin->lower < 0.0));
    const Comparison result = test::compare_all(cost(), examples, relative(0.05), Options{});
    CHECK(result.method == "log_ratio");
    CHECK(result.ratio->upper < 1.0);
    CHECK(result.margin->lower > 0.0);
}

TEST_CASE("a reference that differs between the sides is refused", "[comparison]") {
    auto examples = examples_of({1.0, 2.0, 3.0}, {2.0, 2.0, 4.0});
    examples.sides[0].values["naive"].values = {1.0, 1.0, 2.0};
    examples.sides[1].values["naive"].values = {1.0, 1.0, 2.0};
    const Comparison result = test::compare_all(cost("naive"), examples, relative(0.05), Options{});
    CHECK(result.problem.empty());
    CHECK_THAT(result.baseline.number(), WithinAbs(std::cbrt(3.0), 1e-12));
    examples.sides[1].values["naive"].values[2] = 4.0;
    CHECK(test::compare_all(cost("naive"), examples, relative(0.05), Options{}).problem ==
          "the reference column 'naive' differs between the sides for 1 example; both must be "
          "divided by the same numbers");
}

TEST_CASE("the candidate's own geometric mean has the interval of its logarithms", "[comparison]") {
    Options options;
    options.candidate_interval = true;
    const Comparison result = compare(timing, baseline, candidate, relative(0.1), options);
    const auto logs = [&] {
        std::vector<double> values;
        for (const double value : candidate.values) {
            values.push_back(std::log(value));
        }
        return values;
    }();
    const auto interval = stats::paired_mean(logs).interval(0.95);
    CHECK_THAT(result.candidate_interval->lower, WithinAbs(std::exp(interval.lower), 1e-12));
    CHECK_THAT(result.candidate_interval->upper, WithinAbs(std::exp(interval.upper), 1e-12));
}
