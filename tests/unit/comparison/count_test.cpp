// Data-quality checks of one column: method "count", or Newcombe's interval for the change of a
// share.
#include "comparison/column_checks.h"
#include "metrics/catalog.h"
#include "support/catch.h"
#include "support/node.h"

using namespace metricgate;

namespace {

evidence::ObservedColumn column(std::size_t rows, std::size_t missing) {
    evidence::ObservedColumn result;
    result.rows = rows;
    result.missing.count = missing;
    result.numbers.assign(rows - missing, 1.0);
    return result;
}

comparison::Comparison missing_rate(std::optional<evidence::ObservedColumn> baseline,
                                    evidence::ObservedColumn candidate,
                                    const comparison::Margin& margin) {
    auto node = support::parse_yaml("missing_rate", "policy.yaml");
    const auto metric = metrics::bind(node.value());
    REQUIRE(metric.ok());
    return comparison::compare(*metric, {std::move(baseline), std::move(candidate)}, "age", margin,
                               {});
}

}  // namespace

TEST_CASE("a share without a margin is counted, with the change beside it", "[comparison]") {
    const auto result = missing_rate(column(100, 5), column(200, 30), {});
    CHECK(result.method == "count");
    CHECK_THAT(*result.delta, WithinAbs(-0.1, 1e-15));
    CHECK_FALSE(result.interval);
    CHECK(result.n == 200);
}

TEST_CASE("a share with a margin has Newcombe's interval of its change", "[comparison]") {
    comparison::Margin margin;
    margin.absolute = 0.02;
    const auto result = missing_rate(column(1000, 50), column(1000, 100), margin);
    CHECK(result.method == "newcombe");
    REQUIRE(result.interval);
    // 5 % against 10 %: a rise beyond noise, oriented so that it is negative.
    CHECK(result.interval->upper < 0.0);
    CHECK(result.interval->lower > -0.08);
}

TEST_CASE("a share needs no baseline for its limit", "[comparison]") {
    const auto result = missing_rate(std::nullopt, column(100, 5), {});
    CHECK(result.candidate.number() == 0.05);
    CHECK_FALSE(result.delta);
    CHECK(result.problem.empty());
}
