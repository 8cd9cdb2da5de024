// The catalog entry "mann_whitney".
#include "stats/hodges_lehmann.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

namespace {

Comparison by_ranks(std::vector<double> baseline, std::vector<double> candidate,
                    const Margin& margin,
                    metrics::Direction direction = metrics::Direction::higher_is_better) {
    metrics::Metric metric;
    metric.name = "score";
    metric.direction = direction;
    metric.statistic = "mean";
    evidence::Samples before;
    before.values = std::move(baseline);
    evidence::Samples after;
    after.values = std::move(candidate);
    Options options;
    options.method = "mann_whitney";
    return compare(metric, before, after, margin, options);
}

}  // namespace

TEST_CASE("mann_whitney gives the shift and the interval of the rank-sum test", "[comparison]") {
    for (const auto& entry : test::reference_cases("tests_intervals.json", "mann_whitney")) {
        const auto x = entry.at("data").at("x").get<std::vector<double>>();
        const auto y = entry.at("data").at("y").get<std::vector<double>>();
        const auto located = stats::HodgesLehmann::of_differences(x, y);
        const Comparison result = by_ranks(y, x, absolute(0.5));
        CHECK(result.method == "mann_whitney");
        CHECK(*result.delta == located.estimate());
        CHECK(*result.interval == *located.interval(0.95));
        CHECK(*result.p_no_loss == located.p_not_negative());
        const Comparison mirrored =
            by_ranks(y, x, absolute(0.5), metrics::Direction::lower_is_better);
        CHECK(mirrored.interval->lower == -result.interval->upper);
        CHECK(*mirrored.delta == -*result.delta);
    }
}

TEST_CASE("mann_whitney is not moved by one run that went astray", "[comparison]") {
    const Comparison result =
        by_ranks({1.0, 1.1, 1.2, 1.3, 1.4, 1.5}, {1.0, 1.1, 1.2, 1.3, 1.4, 99}, absolute(0.5));
    CHECK_THAT(*result.delta, WithinAbs(0.0, 0.06));
    CHECK(result.margin->lower > 0.0);
}

TEST_CASE("mann_whitney bounds nothing with two runs against three", "[comparison]") {
    Comparison result = by_ranks({1.0, 2.0}, {1.0, 2.0, 3.0}, absolute(0.5));
    CHECK(result.insufficient);
    // Three against three is the least that can show anything at 0.95.
    result = by_ranks({1.0, 2.0, 3.5}, {1.0, 2.0, 3.0}, absolute(9.0));
    CHECK(result.interval);
    CHECK_FALSE(result.degenerate);
}

TEST_CASE("mann_whitney does not compare quantiles", "[comparison]") {
    metrics::Metric metric;
    metric.name = "latency";
    metric.statistic = "p95";
    metric.parameters.quantile = 0.95;
    evidence::Samples samples;
    samples.values = {1, 2, 3};
    Options options;
    options.method = "mann_whitney";
    CHECK(
        compare(metric, samples, samples, absolute(1), options).problem ==
        "method 'mann_whitney' does not apply to the quantile of repeated runs: it compares where "
        "runs lie, not quantiles or geometric means; order_statistics would");
}
