#include "stats/distributions.h"

#include <cmath>
#include <limits>

#include "support/catch.h"

using namespace metricgate::stats;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
}

TEST_CASE("normal quantiles have their textbook values", "[stats]") {
    CHECK_THAT(normal_quantile(0.95), WithinAbs(1.6448536269514722, 1e-14));
    CHECK_THAT(normal_quantile(0.975), WithinAbs(1.9599639845400545, 1e-14));
    CHECK(normal_quantile(0.5) == 0.0);
    CHECK_THAT(normal_quantile(1e-300), WithinRel(-37.0471, 1e-5));
}

TEST_CASE("the normal distribution function is symmetric and reaches its ends", "[stats]") {
    CHECK(normal_cdf(0.0) == 0.5);
    CHECK(normal_cdf(-infinity) == 0.0);
    CHECK(normal_cdf(infinity) == 1.0);
    CHECK_THAT(normal_cdf(-10.0), WithinRel(7.61985302416047e-24, 1e-12));
    CHECK_THAT(normal_cdf(1.3) + normal_cdf(-1.3), WithinAbs(1.0, 1e-15));
}

TEST_CASE("t with infinite degrees of freedom is normal", "[stats]") {
    CHECK(student_t_quantile(0.95, infinity) == normal_quantile(0.95));
    CHECK(student_t_cdf(1.0, infinity) == normal_cdf(1.0));
}

TEST_CASE("t quantiles have their textbook values", "[stats]") {
    CHECK_THAT(student_t_quantile(0.95, 1), WithinRel(6.313751514675043, 1e-13));
    CHECK_THAT(student_t_quantile(0.975, 9), WithinRel(2.262157162798205, 1e-13));
    CHECK_THAT(student_t_cdf(2.262157162798205, 9), WithinAbs(0.975, 1e-14));
    CHECK(student_t_cdf(infinity, 3) == 1.0);
    CHECK(student_t_cdf(-infinity, 3) == 0.0);
}

TEST_CASE("the binomial distribution function is exact where it can be counted", "[stats]") {
    CHECK_THAT(binomial_cdf(0, 10, 0.5), WithinRel(1.0 / 1024, 1e-13));
    CHECK_THAT(binomial_cdf(1, 10, 0.5), WithinRel(11.0 / 1024, 1e-13));
    CHECK_THAT(binomial_cdf(2, 4, 0.25), WithinRel(243.0 / 256, 1e-13));
    CHECK(binomial_cdf(10, 10, 0.5) == 1.0);
    CHECK(binomial_cdf(11, 10, 0.5) == 1.0);
    CHECK(binomial_cdf(0, 0, 0.5) == 1.0);
}

TEST_CASE("the binomial distribution function at p exactly 0 and 1", "[stats]") {
    CHECK(binomial_cdf(0, 10, 0.0) == 1.0);
    CHECK(binomial_cdf(9, 10, 1.0) == 0.0);
    CHECK(binomial_cdf(10, 10, 1.0) == 1.0);
}

TEST_CASE("the binomial distribution function holds for a billion trials", "[stats]") {
    // At the mean of a symmetric distribution: half, and half of the central probability.
    const std::uint64_t n = 1'000'000'000;
    const double central = 1.0 / std::sqrt(3.141592653589793 * static_cast<double>(n) / 2.0);
    CHECK_THAT(binomial_cdf(n / 2, n, 0.5), WithinAbs(0.5 + central / 2.0, 1e-7));
    // Poisson with mean 2.
    CHECK_THAT(binomial_cdf(1, n, 2e-9), WithinRel(3.0 * std::exp(-2.0), 1e-7));
}

TEST_CASE("beta quantiles have closed forms when a parameter is one", "[stats]") {
    CHECK_THAT(beta_quantile(0.05, 1, 10), WithinRel(1.0 - std::pow(0.95, 0.1), 1e-12));
    CHECK_THAT(beta_quantile(0.05, 10, 1), WithinRel(std::pow(0.05, 0.1), 1e-12));
    CHECK(beta_quantile(0.0, 2, 3) == 0.0);
    CHECK(beta_quantile(1.0, 2, 3) == 1.0);
}
