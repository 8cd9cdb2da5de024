#include "support/catch.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using test::bound;

TEST_CASE("\"mean\" summarises a value column", "[metrics]") {
    const auto examples = test::value_examples("cost", {1.0, 2.0}, {1.0, 4.0});
    const std::string metric = "{name: cost, stat: mean, direction: lower}";
    CHECK(bound(metric).definition->name == "mean");
    CHECK(test::value_in(examples, metric).number() == 2.5);
}

TEST_CASE("mean of a column does not depend on row order", "[metrics]") {
    std::vector<double> values;
    double value = 0.1;
    for (int at = 0; at < 100; ++at) {
        values.push_back(value);
        value = value * -1.37 + 0.01;
    }
    const auto examples = test::value_examples("cost", values, values);
    const std::string metric = "{name: cost, direction: lower}";
    CHECK(test::value_in(examples, metric).number() ==
          test::value_in(test::shuffled(examples), metric).number());
}

TEST_CASE("mean of a column that is not there is undefined", "[metrics]") {
    const auto examples = test::value_examples("cost", {1.0}, {1.0});
    CHECK(test::value_in(examples, "{name: price, direction: lower}").reason() ==
          "no column for price (candidate)");
}
