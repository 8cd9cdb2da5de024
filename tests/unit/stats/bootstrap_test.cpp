#include "stats/bootstrap.h"

#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("the percentile interval takes type-7 quantiles of replicates in any order", "[stats]") {
    std::vector<double> replicates;
    for (int i = 0; i <= 100; ++i) {
        replicates.push_back((i * 37) % 101);
    }
    const Interval interval = percentile_interval(replicates, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(5.0, 1e-12));
    CHECK_THAT(interval.upper, WithinAbs(95.0, 1e-12));
    CHECK(interval.confidence == 0.95);
}

TEST_CASE("equal replicates give a zero-width interval, which the caller must not trust",
          "[stats]") {
    std::vector<double> equal(100, -0.5);
    CHECK(percentile_interval(equal, 0.95) == Interval{-0.5, -0.5, 0.95});
}

TEST_CASE("no replicates, or one that is not finite, bound nothing", "[stats]") {
    std::vector<double> none;
    CHECK(std::isinf(percentile_interval(none, 0.95).lower));
    for (const double flaw :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        std::vector<double> flawed{0.1, flaw, 0.2};
        const Interval interval = percentile_interval(flawed, 0.95);
        CHECK(interval.lower == -std::numeric_limits<double>::infinity());
        CHECK(interval.upper == std::numeric_limits<double>::infinity());
    }
}

TEST_CASE("the bootstrap p counts replicates without loss and is never zero", "[stats]") {
    CHECK(bootstrap_p_not_negative(std::vector<double>{-1.0, -2.0, -3.0}) == 0.25);
    CHECK(bootstrap_p_not_negative(std::vector<double>{-1.0, 0.0, 3.0}) == 0.75);
    CHECK(bootstrap_p_not_negative({}) == 1.0);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(bootstrap_p_not_negative(std::vector<double>{nan, nan, nan}) == 1.0);
}

TEST_CASE("the monte carlo sd of a bound is 0.067 se at 1000 replicates", "[stats]") {
    CHECK_THAT(monte_carlo_sd(0.95, 1000, 1.0), WithinAbs(0.067, 5e-4));
    CHECK_THAT(monte_carlo_sd(0.95, 2000, 1.0), WithinAbs(0.047, 5e-4));
    CHECK_THAT(monte_carlo_sd(0.95, 10000, 2.0), WithinAbs(2 * 0.021, 1e-3));
}

TEST_CASE("the standard deviation of one value is not known", "[stats]") {
    CHECK_THAT(sample_standard_deviation(std::vector<double>{1.0, 2.0, 4.0}),
               WithinRel(std::sqrt(7.0 / 3), 1e-15));
    CHECK(sample_standard_deviation(std::vector<double>(5, 0.1)) == 0.0);
    CHECK(std::isinf(sample_standard_deviation(std::vector<double>{1.0})));
}

TEST_CASE("few resampled units take the percentile further out", "[stats]") {
    // scipy 1.17.1: norm.cdf(sqrt(n/(n - 1)) * t.ppf(0.95, n - 1))
    const auto expansion = [](double n) { return Expansion{n - 1.0, std::sqrt(n / (n - 1.0))}; };
    CHECK_THAT(expanded_confidence(0.95, expansion(10.0)), WithinAbs(0.9733369480677654, 1e-12));
    CHECK_THAT(expanded_confidence(0.95, expansion(50.0)), WithinAbs(0.9548266930640729, 1e-12));
    CHECK_THAT(expanded_confidence(0.95, expansion(1e9)), WithinAbs(0.95, 1e-6));
    CHECK_THAT(expanded_confidence(0.5, expansion(10.0)), WithinAbs(0.5, 1e-12));
}

TEST_CASE("the expanded p is the level whose percentile reaches zero", "[stats]") {
    const Expansion expansion{9.0, std::sqrt(10.0 / 9.0)};
    for (const double p : {0.001, 0.02, 0.3, 0.5, 0.9}) {
        const double level = expanded_p(p, expansion);
        if (level < 0.5) {
            CHECK_THAT(1.0 - expanded_confidence(1.0 - level, expansion), WithinAbs(p, 1e-12));
        }
    }
    CHECK(expanded_p(1.0, expansion) == 1.0);
}
