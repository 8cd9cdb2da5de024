// The catalog entry "prediction_interval".
#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::scalar;

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

const metrics::Metric higher = recorded_metric(metrics::Direction::higher_is_better, "");
const evidence::Samples runs = samples({0.941, 0.938, 0.943, 0.940, 0.939});

}  // namespace

TEST_CASE("a single candidate is held against the spread of the baseline's runs", "[comparison]") {
    // statsmodels 0.15.0: OLS(runs, ones).fit().get_prediction(1).conf_int(obs=True, alpha=0.1 /
    // 3), taken from 0.931: a third of the policy's rate of error on each side.
    const Comparison result = compare(higher, runs, scalar(0.931), absolute(0.002), Options{});
    CHECK(result.method == "prediction_interval");
    CHECK(result.n == 5);
    CHECK(result.n_unit == "runs of the baseline");
    CHECK_THAT(*result.delta, WithinAbs(-0.0092, 1e-12));
    CHECK_THAT(result.interval->lower, WithinAbs(-0.01591398346706966, 1e-12));
    CHECK_THAT(result.interval->upper, WithinAbs(-0.002486016532930088, 1e-12));
    CHECK_THAT(result.interval->confidence, WithinAbs(1.0 - 0.05 / 3.0, 1e-12));
    CHECK(test::has_note(result, "single_run"));
    CHECK_FALSE(result.n_needed);
}

TEST_CASE("a single baseline is held against the candidate's runs the same way", "[comparison]") {
    const Comparison result = compare(higher, scalar(0.931), runs, absolute(0.002), Options{});
    CHECK_THAT(*result.delta, WithinAbs(0.0092, 1e-12));
    CHECK_THAT(result.interval->lower, WithinAbs(0.002486016532930088, 1e-12));
    CHECK(result.n_unit == "runs of the candidate");
}

TEST_CASE("one run of a geometric mean is compared by its ratio", "[comparison]") {
    const metrics::Metric timing =
        recorded_metric(metrics::Direction::lower_is_better, "geometric_mean");
    const Comparison result = compare(timing, samples({1.0, 1.1, 0.9, 1.05}), scalar(1.6),
                                      test::relative(0.1), Options{});
    CHECK(result.method == "prediction_interval");
    CHECK(result.ratio->lower > 1.1);
    CHECK(result.margin->upper < 0.0);
}

TEST_CASE("the spread of two runs is not known well enough", "[comparison]") {
    const Comparison result =
        compare(higher, samples({0.9, 0.8}), scalar(0.85), absolute(0.1), Options{});
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->need == 3);
}

TEST_CASE("runs without any spread say nothing of a further one", "[comparison]") {
    CHECK(compare(higher, samples({0.9, 0.9, 0.9}), scalar(0.85), absolute(0.1), Options{})
              .degenerate);
}

TEST_CASE("a single run cannot be paired, has no percentile, and must be a number",
          "[comparison]") {
    Options options;
    options.paired_runs = true;
    CHECK(compare(higher, runs, scalar(0.9), absolute(0.1), options).problem.find("paired") !=
          std::string::npos);
    metrics::Metric p95 = recorded_metric(metrics::Direction::lower_is_better, "p95");
    CHECK(compare(p95, runs, scalar(0.9), absolute(0.1), Options{}).problem ==
          "the candidate is a single run, which has no p95 to compare; record its measurements as "
          "a list");
    evidence::Scalar broken = scalar(0.9);
    broken.value.kind = support::NumberKind::not_a_number;
    CHECK(compare(higher, runs, broken, absolute(0.1), Options{}).problem.find("NaN") !=
          std::string::npos);
    options = Options{};
    options.method = "welch";
    CHECK(compare(higher, runs, scalar(0.9), absolute(0.1), options).problem ==
          "method 'welch' does not apply to a single run against repeated runs; "
          "prediction_interval would");
}
