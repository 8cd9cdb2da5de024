// The catalog entry "order_statistics".
#include <algorithm>
#include <cmath>

#include "comparison/quantile_bounds.h"
#include "stats/quantiles.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::latency;

namespace {

std::vector<double> latencies(std::size_t count, double scale, std::uint64_t seed) {
    stats::Stream stream(seed);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(scale * std::exp(0.5 * (stream.uniform() + stream.uniform() - 1.0)));
    }
    return values;
}

}  // namespace

TEST_CASE("order_statistics combines the bounds of both sides", "[comparison]") {
    const std::vector<double> baseline = latencies(400, 100.0, 1);
    const std::vector<double> candidate = latencies(400, 108.0, 2);
    const evidence::Examples examples = test::value_examples("latency_ms", baseline, candidate);
    const Comparison result =
        compare_all(latency("quantile", 0.95), examples, absolute(20.0), Options{});
    CHECK(result.method == "order_statistics");
    CHECK(test::has_note(result, "pairing_not_used"));
    const auto bounds = [](std::vector<double> values) {
        std::ranges::sort(values);
        return *bounded_quantile(values, 0.95, 0.95);
    };
    const stats::Bounded b = bounds(baseline);
    const stats::Bounded c = bounds(candidate);
    const double delta = b.estimate - c.estimate;
    CHECK_THAT(*result.delta, WithinAbs(delta, 1e-9));
    const double below = std::hypot(c.interval.upper - c.estimate, b.estimate - b.interval.lower);
    const double above = std::hypot(c.estimate - c.interval.lower, b.interval.upper - b.estimate);
    CHECK_THAT(result.interval->lower, WithinAbs(delta - below, 1e-9));
    CHECK_THAT(result.interval->upper, WithinAbs(delta + above, 1e-9));
    CHECK_THAT(result.margin->lower, WithinAbs(delta - below + 20.0, 1e-9));
    CHECK(*result.standard_error > 0.0);
    // The upper end is below 0 exactly where p is below 0.05.
    CHECK((result.interval->upper < 0.0) == (*result.p_no_loss < 0.05));
}

TEST_CASE("order_statistics shows a large slowdown and its relative size", "[comparison]") {
    const evidence::Examples examples =
        test::value_examples("latency_ms", latencies(400, 100.0, 1), latencies(400, 150.0, 2));
    const Comparison result =
        compare_all(latency("median", 0.5), examples, test::relative(0.05), Options{});
    CHECK(result.interval->upper < 0.0);
    CHECK(result.margin->upper < 0.0);
    CHECK(*result.p_no_loss < 1e-6);
}

TEST_CASE("order_statistics says how many examples a bound needs", "[comparison]") {
    CHECK(examples_for_bounds(0.95, 0.95) == 59);
    CHECK(examples_for_bounds(0.99, 0.95) == 299);
    CHECK(examples_for_bounds(0.05, 0.95) == 59);
    CHECK(examples_for_bounds(0.5, 0.95) == 5);
    for (const std::size_t count : {std::size_t{58}, std::size_t{59}}) {
        const evidence::Examples examples = test::value_examples(
            "latency_ms", latencies(count, 100.0, 1), latencies(count, 100.0, 2));
        const Comparison result =
            compare_all(latency("quantile", 0.95), examples, absolute(20.0), Options{});
        if (count == 58) {
            REQUIRE(result.insufficient);
            CHECK(result.insufficient->need == 59);
            CHECK(result.insufficient->have == 58);
        } else {
            CHECK_FALSE(result.insufficient);
        }
    }
}

TEST_CASE("order_statistics decides nothing on constant columns", "[comparison]") {
    const evidence::Examples examples = test::value_examples(
        "latency_ms", std::vector<double>(100, 5.0), std::vector<double>(100, 6.0));
    const Comparison result =
        compare_all(latency("median", 0.5), examples, absolute(2.0), Options{});
    CHECK(result.degenerate);
}

TEST_CASE("order_statistics serves repeated runs", "[comparison]") {
    evidence::Samples baseline;
    baseline.values = latencies(80, 100.0, 1);
    evidence::Samples candidate;
    candidate.values = latencies(70, 101.0, 2);
    const Comparison result =
        compare(latency("quantile", 0.95), baseline, candidate, absolute(60.0), Options{});
    CHECK(result.method == "order_statistics");
    CHECK(result.n == 70);
    CHECK(result.n_unit == "runs on the smaller side");
    REQUIRE(!result.notes.empty());
    CHECK(result.notes.front().text == "80 runs of the baseline, 70 runs of the candidate.");
    REQUIRE(result.interval);
    candidate.values.resize(20);
    const Comparison few =
        compare(latency("quantile", 0.95), baseline, candidate, absolute(60.0), Options{});
    REQUIRE(few.insufficient);
    CHECK(few.insufficient->of == "runs per side");
    CHECK(few.insufficient->need == 59);
}

TEST_CASE("order_statistics does not depend on row order", "[comparison]") {
    const std::vector<double> baseline = latencies(300, 100.0, 1);
    const std::vector<double> candidate = latencies(300, 103.0, 2);
    const auto order = test::shuffled(300);
    Options options;
    options.candidate_interval = true;
    const auto numbers = [&](std::vector<double> b, std::vector<double> c) {
        return test::numbers_of(
            compare_all(latency("quantile", 0.9),
                        test::value_examples("latency_ms", std::move(b), std::move(c)),
                        test::relative(0.05), options));
    };
    CHECK(numbers(baseline, candidate) ==
          numbers(test::permuted(baseline, order), test::permuted(candidate, order)));
}

TEST_CASE("order_statistics tells a skewed baseline from 0", "[comparison]") {
    // The far upper bound of a heavy tail says nothing about how near 0 the quantile is.
    std::vector<double> baseline = latencies(60, 10.0, 1);
    baseline.back() = 1000.0;
    const evidence::Examples examples =
        test::value_examples("latency_ms", baseline, latencies(60, 10.0, 2));
    const Comparison result =
        compare_all(latency("quantile", 0.95), examples, test::relative(0.1), Options{});
    CHECK(result.problem.empty());
    REQUIRE(result.margin);
    CHECK(result.interval->upper > 500.0);
}
