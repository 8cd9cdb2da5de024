#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("\"median\" is the middle of a value column", "[metrics]") {
    const auto examples = test::value_examples("ms", {0, 0, 0, 0}, {4.0, 1.0, 3.0, 2.0});
    const std::string metric = "{name: ms, stat: median, direction: lower}";
    CHECK(bound(metric).definition->name == "median");
    CHECK(test::value_in(examples, metric).number() == 2.5);
}

TEST_CASE("\"quantile\" interpolates between order statistics", "[metrics]") {
    std::vector<double> values;
    for (int at = 0; at <= 100; ++at) {
        values.push_back(100.0 - at);
    }
    const auto examples = test::value_examples("ms", values, values);
    const std::string metric = "{name: ms, stat: p95, direction: lower}";
    CHECK(bound(metric).definition->name == "quantile");
    CHECK_THAT(test::value_in(examples, metric).number(), WithinAbs(95.0, 1e-12));
    CHECK_THAT(test::value_in(examples, "{name: ms, stat: p99.9, direction: lower}").number(),
               WithinAbs(99.9, 1e-12));
}

TEST_CASE("a weighted quantile is undefined", "[metrics]") {
    const auto examples =
        test::ExamplesBuilder().values("ms", {1.0, 2.0}, {1.0, 2.0}).weights({1.0, 2.0}).build();
    CHECK(test::value_in(examples, "{name: ms, stat: p50, direction: lower}")
              .reason()
              .find("weighted quantiles are not offered") != std::string::npos);
}

TEST_CASE("median latencies of real models are far apart", "[metrics]") {
    const auto columns = test::csv_columns("sklearn_breast_cancer", "latency_ms.csv");
    const auto examples =
        test::value_examples("ms", columns.at("logreg_v1"), columns.at("random_forest"));
    auto metric = bound("{name: ms, stat: median, direction: lower}");
    const auto rows = evidence::Rows::all(examples.rows);
    CHECK_THAT(metrics::evaluate(metric, examples, evidence::Side::baseline, rows).number(),
               WithinAbs(0.094, 0.0005));
    CHECK_THAT(metrics::evaluate(metric, examples, evidence::Side::candidate, rows).number(),
               WithinAbs(4.96, 0.005));
}
