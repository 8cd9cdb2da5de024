// Checks of one column under the method "noise_level": what a comparison carries beside the value.
#include "comparison/column_checks.h"
#include "metrics/catalog.h"
#include "support/catch.h"
#include "support/node.h"

using namespace metricgate;

namespace {

metrics::Metric metric_of(const std::string& setting) {
    auto node = support::parse_yaml(setting, "policy.yaml");
    REQUIRE(node.ok());
    auto metric = metrics::bind(node.value());
    REQUIRE(metric.ok());
    return std::move(*metric);
}

evidence::ObservedColumn numbers(int count, int from) {
    evidence::ObservedColumn column;
    column.rows = static_cast<std::size_t>(count);
    for (int i = 0; i < count; ++i) {
        column.numbers.push_back(from + i);
    }
    return column;
}

comparison::Comparison compared(const std::string& setting, int n, int m) {
    const evidence::ColumnSides sides{numbers(n, 0), numbers(m, 0)};
    comparison::Options options;
    options.min_examples = 30;
    return comparison::compare(metric_of(setting), sides, "score", {}, options);
}

}  // namespace

TEST_CASE("a distance carries its noise level, its p and its sizes", "[comparison]") {
    const auto result = compared("ks_drift", 1000, 1000);
    CHECK(result.method == "noise_level");
    CHECK(result.candidate.number() == 0.0);
    CHECK_FALSE(result.baseline.defined());
    REQUIRE(result.noise);
    CHECK_THAT(result.noise->level, WithinAbs(1.358 * 0.04472, 1e-4));
    CHECK(result.noise->p == 1.0);
    REQUIRE(result.notes.size() == 2);
    CHECK(result.notes[0].text ==
          "Without drift, samples of 1,000 values and of 1,000 values differ by 0.0389 on average, "
          "and in 95 "
          "% of cases by at most 0.0607.");
}

TEST_CASE("the smaller side counts against min_examples", "[comparison]") {
    REQUIRE(compared("ks_drift", 1000, 20).insufficient);
    CHECK(compared("ks_drift", 1000, 20).insufficient->have == 20);
    CHECK_FALSE(compared("ks_drift", 1000, 30).insufficient);
}

TEST_CASE("bins of a numeric column need ten values each on both sides", "[comparison]") {
    REQUIRE(compared("psi", 1000, 99).insufficient);
    CHECK(compared("psi", 1000, 99).insufficient->need == 100);
    CHECK_FALSE(compared("psi", 1000, 100).insufficient);
    CHECK_FALSE(compared("{name: psi, bins: 3}", 30, 30).insufficient);
}

TEST_CASE("the noise level does not depend on anything but data, column and seed", "[comparison]") {
    CHECK(compared("psi", 300, 200).noise->level == compared("psi", 300, 200).noise->level);
}
