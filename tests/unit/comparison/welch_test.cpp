// The catalog entry "welch".
#include <limits>

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

metrics::Metric recorded_metric(metrics::Direction direction) {
    metrics::Metric metric;
    metric.name = "score";
    metric.direction = direction;
    metric.statistic = "mean";
    return metric;
}

const metrics::Metric higher = recorded_metric(metrics::Direction::higher_is_better);

}  // namespace

TEST_CASE("welch gives R's interval of two means", "[comparison]") {
    for (const auto& entry : test::reference_cases("tests_intervals.json", "welch_t")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto& expected = entry.at("expected");
        const Comparison result = compare(
            higher, samples(entry.at("data").at("y").get<std::vector<double>>()),
            samples(entry.at("data").at("x").get<std::vector<double>>()), absolute(0.5), Options{});
        CHECK(result.method == "welch");
        CHECK_THAT(*result.delta, WithinAbs(expected.at("mean_diff").get<double>(), 1e-9));
        CHECK_THAT(*result.standard_error, WithinAbs(expected.at("se").get<double>(), 1e-9));
        const auto bounds = expected.at("ci90").get<std::vector<double>>();
        CHECK_THAT(result.interval->lower, WithinAbs(bounds[0], 1e-9));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds[1], 1e-9));
    }
}

TEST_CASE("welch wants three runs per side", "[comparison]") {
    const Comparison result =
        compare(higher, samples({1.0, 2.0}), samples({1.0, 2.0, 3.0}), absolute(0.5), Options{});
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "runs per side");
    CHECK(result.insufficient->have == 2);
    CHECK(result.insufficient->need == 3);
    CHECK(result.delta);
    CHECK_FALSE(result.interval);
}

TEST_CASE("welch decides nothing without variation", "[comparison]") {
    const Comparison result = compare(higher, samples({2.0, 2.0, 2.0}), samples({2.1, 2.1, 2.1}),
                                      absolute(0.5), Options{});
    CHECK(result.degenerate);
    CHECK_FALSE(result.identical);
}

TEST_CASE("welch sees equal runs as identical in any order", "[comparison]") {
    const Comparison result = compare(higher, samples({1.0, 2.0, 3.0}), samples({3.0, 1.0, 2.0}),
                                      absolute(0.5), Options{});
    CHECK(result.identical);
    CHECK(result.interval->lower == 0.0);
}

TEST_CASE("welch refuses runs that are no numbers", "[comparison]") {
    evidence::Samples broken = samples({1.0, 2.0, 3.0});
    broken.flaw = support::Diagnostic{support::in_file("runs.json", 3, 7), "not a number: 'nan'"};
    const Comparison flawed =
        compare(higher, samples({1.0, 2.0, 3.0}), broken, absolute(0.5), Options{});
    CHECK(flawed.problem.find("runs.json:3:7") != std::string::npos);
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK_FALSE(compare(higher, samples({1.0, infinite, 3.0}), samples({1.0, 2.0, 3.0}),
                        absolute(0.5), Options{})
                    .problem.empty());
    CHECK_FALSE(compare(higher, samples({}), samples({1.0, 2.0, 3.0}), absolute(0.5), Options{})
                    .problem.empty());
}

TEST_CASE("welch refuses a relative margin of a baseline near 0", "[comparison]") {
    const Comparison result =
        compare(higher, samples({-1.0, 0.5, 0.6, -0.2}), samples({0.1, 0.2, 0.3, 0.2}),
                test::relative(0.05), Options{});
    CHECK(result.problem.find("use `abs`") != std::string::npos);
}

TEST_CASE("welch asks for runs per side, one more than the normal would", "[comparison]") {
    const Comparison result = compare(recorded_metric(metrics::Direction::lower_is_better),
                                      samples({10.0, 11.0, 12.0, 13.0}),
                                      samples({10.5, 11.5, 12.5, 13.0}), absolute(0.5), Options{});
    const double se = *result.standard_error;
    const double needed = 6.1826 * se * se * 4.0 / 0.25;
    CHECK(*result.n_needed == static_cast<std::uint64_t>(std::ceil(needed)) + 1);
    CHECK(result.n_unit == "runs per side");
}

TEST_CASE("welch does not depend on the order of runs", "[comparison]") {
    const std::vector<double> baseline = {1.1, 2.7, 3.3, 1.9, 2.2};
    const std::vector<double> candidate = {1.3, 2.9, 2.2, 1.7, 2.3};
    const std::vector<std::size_t> order = {3, 0, 4, 2, 1};
    CHECK(test::numbers_of(compare(higher, samples(baseline), samples(candidate),
                                   test::relative(0.1), Options{})) ==
          test::numbers_of(compare(higher, samples(test::permuted(baseline, order)),
                                   samples(test::permuted(candidate, order)), test::relative(0.1),
                                   Options{})));
}
