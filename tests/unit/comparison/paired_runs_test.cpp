// The catalog entry "paired_t" for runs.
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

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

const metrics::Metric higher = recorded_metric(metrics::Direction::higher_is_better, "mean");
const evidence::Samples baseline = samples({0.941, 0.938, 0.943, 0.940, 0.939});
const evidence::Samples candidate = samples({0.936, 0.934, 0.939, 0.933, 0.935});

Options paired() {
    Options options;
    options.paired_runs = true;
    return options;
}

Options folds() {
    Options options = paired();
    options.test_train_ratio = 0.25;  // five folds
    return options;
}

}  // namespace

TEST_CASE("paired runs are judged by the t interval of their differences", "[comparison]") {
    // SciPy 1.17.1: ttest_rel(c, b), confidence_interval(0.9), and with alternative='less'.
    const Comparison result = compare(higher, baseline, candidate, absolute(0.002), paired());
    CHECK(result.method == "paired_t");
    CHECK(result.n == 5);
    CHECK(result.n_unit == "paired runs");
    CHECK_THAT(*result.delta, WithinAbs(-0.0048, 1e-12));
    CHECK_THAT(result.interval->lower, WithinAbs(-0.0060430696058250254, 1e-11));
    CHECK_THAT(result.interval->upper, WithinAbs(-0.0035569303941748063, 1e-11));
    CHECK_THAT(*result.p_no_loss, WithinAbs(0.000593679650314439, 1e-9));
    CHECK_THAT(result.margin->upper, WithinAbs(-0.0015569303941748063, 1e-11));
}

TEST_CASE("pairing sees what unpaired runs leave open", "[comparison]") {
    const evidence::Samples noisy = samples({0.90, 0.80, 0.95, 0.70, 0.85});
    const evidence::Samples lower = samples({0.89, 0.785, 0.94, 0.688, 0.84});
    const Comparison unpaired = compare(higher, noisy, lower, absolute(0.02), Options{});
    const Comparison result = compare(higher, noisy, lower, absolute(0.02), paired());
    CHECK(unpaired.method == "welch");
    CHECK(unpaired.interval->lower < -0.02);
    CHECK(result.interval->lower > -0.02);
}

TEST_CASE("a method that ignores how the runs were made is refused", "[comparison]") {
    Options options = folds();
    options.method = "welch";
    CHECK(compare(higher, baseline, candidate, absolute(0.002), options).problem ==
          "method 'welch' does not apply to the mean of repeated runs: folds of one data set are "
          "not independent; corrected_t would");
    options.method = "paired_t";
    CHECK(compare(higher, baseline, candidate, absolute(0.002), options)
              .problem.find("corrected_t would") != std::string::npos);
    options = Options{};
    options.method = "paired_t";
    CHECK(compare(higher, baseline, candidate, absolute(0.002), options).problem ==
          "method 'paired_t' does not apply to the mean of repeated runs: the runs are not paired "
          "(`pair_by` of the input); welch or mann_whitney would");
    options = paired();
    options.method = "welch";
    CHECK(compare(higher, baseline, candidate, absolute(0.002), options).method == "welch");
    options = folds();
    CHECK(compare(recorded_metric(metrics::Direction::higher_is_better, "median"), baseline,
                  candidate, absolute(0.002), options)
              .problem.find("folds of one data set") != std::string::npos);
}

TEST_CASE("paired runs are identical only run by run", "[comparison]") {
    const evidence::Samples turned = samples({0.938, 0.941, 0.943, 0.940, 0.939});
    CHECK(compare(higher, baseline, baseline, absolute(0.002), paired()).identical);
    CHECK_FALSE(compare(higher, baseline, turned, absolute(0.002), paired()).identical);
    CHECK(compare(higher, baseline, turned, absolute(0.002), Options{}).identical);
}

TEST_CASE("paired runs need equally many, at least three, that do not move alike", "[comparison]") {
    CHECK(compare(higher, baseline, samples({0.9, 0.8}), absolute(0.002), paired()).problem ==
          "paired runs need equally many on both sides; the baseline has 5, the candidate 2");
    const Comparison few =
        compare(higher, samples({0.9, 0.8}), samples({0.7, 0.8}), absolute(0.002), paired());
    REQUIRE(few.insufficient);
    CHECK(few.insufficient->of == "paired runs");
    const Comparison constant = compare(higher, samples({1.0, 2.0, 4.0}), samples({0.5, 1.5, 3.5}),
                                        absolute(1.0), paired());
    CHECK(constant.degenerate);
}
