#include "stats/quantiles.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

std::vector<double> ranks(std::size_t n) {
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) {
        values[i] = static_cast<double>(i + 1);
    }
    return values;
}

}  // namespace

TEST_CASE("quantiles interpolate between neighbours and are exact at the ends", "[stats]") {
    const std::vector<double> values{1.0, 2.0, 4.0, 8.0};
    CHECK(quantile_sorted(values, 0.0) == 1.0);
    CHECK(quantile_sorted(values, 1.0) == 8.0);
    CHECK(quantile_sorted(values, 0.5) == 3.0);
    CHECK(quantile_sorted(std::vector<double>{7.0}, 0.3) == 7.0);
}

TEST_CASE("quantiles of equal and of huge values stay what they are", "[stats]") {
    CHECK(quantile_sorted(std::vector<double>(9, 0.1), 0.37) == 0.1);
    CHECK(quantile_sorted(std::vector<double>{-1.5e308, 1.5e308}, 0.5) == 0.0);
}

TEST_CASE("the upper bound of p95 needs 59 values, of p99 299", "[stats]") {
    CHECK_FALSE(order_statistic_bounds(ranks(58), 0.95, 0.95).upper.has_value());
    CHECK(order_statistic_bounds(ranks(59), 0.95, 0.95).upper == 59.0);
    CHECK_FALSE(order_statistic_bounds(ranks(298), 0.99, 0.95).upper.has_value());
    CHECK(order_statistic_bounds(ranks(299), 0.99, 0.95).upper == 299.0);
}

TEST_CASE("a single value, or none, bounds nothing", "[stats]") {
    for (const std::size_t n : {0UL, 1UL}) {
        const QuantileBounds bounds = order_statistic_bounds(ranks(n), 0.5, 0.95);
        CHECK_FALSE(bounds.lower.has_value());
        CHECK_FALSE(bounds.upper.has_value());
    }
}

TEST_CASE("the smallest and the largest value bound the quantiles 0 and 1 on one side", "[stats]") {
    const QuantileBounds least = order_statistic_bounds(ranks(10), 0.0, 0.95);
    CHECK_FALSE(least.lower.has_value());
    CHECK(least.upper == 1.0);
    const QuantileBounds most = order_statistic_bounds(ranks(10), 1.0, 0.95);
    CHECK(most.lower == 10.0);
    CHECK_FALSE(most.upper.has_value());
}

TEST_CASE("bounds are the innermost order statistics that hold the level", "[stats]") {
    for (const std::size_t n : {10UL, 59UL, 100UL, 1000UL}) {
        for (const double p : {0.1, 0.5, 0.9, 0.95}) {
            const QuantileBounds bounds = order_statistic_bounds(ranks(n), p, 0.95);
            if (bounds.lower) {
                const auto r = static_cast<std::uint64_t>(*bounds.lower);
                CHECK(binomial_cdf(r - 1, n, p) <= 0.05 + 1e-12);
                CHECK(binomial_cdf(r, n, p) > 0.05);
            }
            if (bounds.upper) {
                const auto s = static_cast<std::uint64_t>(*bounds.upper);
                CHECK(1.0 - binomial_cdf(s - 1, n, p) <= 0.05 + 1e-12);
                CHECK((s == 1 ||
                       1.0 - (s == 2 ? binomial_cdf(0, n, p) : binomial_cdf(s - 2, n, p)) > 0.05));
            }
        }
    }
}

TEST_CASE("bounds of the median mirror each other", "[stats]") {
    const QuantileBounds bounds = order_statistic_bounds(ranks(1'000'000), 0.5, 0.95);
    REQUIRE((bounds.lower && bounds.upper));
    CHECK(*bounds.lower + *bounds.upper == 1'000'001.0);
    CHECK_THAT(*bounds.upper, WithinAbs(500000 + 1.6449 * 500, 2.0));
}

TEST_CASE("ties do not disturb the bounds", "[stats]") {
    const QuantileBounds bounds = order_statistic_bounds(std::vector<double>(100, 3.0), 0.5, 0.95);
    CHECK(bounds.lower == 3.0);
    CHECK(bounds.upper == 3.0);
}

TEST_CASE("order statistics miss the true p95 at most as often as promised", "[stats]") {
    Stream stream(77);
    constexpr int rounds = 2000;
    int above = 0;
    int below = 0;
    std::vector<double> values(200);
    for (int round = 0; round < rounds; ++round) {
        for (double& value : values) {
            value = stream.uniform();
        }
        std::ranges::sort(values);
        const QuantileBounds bounds = order_statistic_bounds(values, 0.95, 0.95);
        REQUIRE((bounds.lower && bounds.upper));
        above += *bounds.lower > 0.95 ? 1 : 0;
        below += *bounds.upper < 0.95 ? 1 : 0;
    }
    const double most = rounds * 0.05 + 3 * std::sqrt(rounds * 0.05 * 0.95);
    CHECK(above <= most);
    CHECK(below <= most);
}
