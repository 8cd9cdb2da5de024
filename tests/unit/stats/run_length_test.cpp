// Run lengths of R's package spc are in reference_charts.cpp.
#include "stats/run_length.h"

#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/integral_equation.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("an EWMA of weight 1 runs as long as Shewhart's chart", "[stats]") {
    // 1 / P(|x| > 3): 370.4 in control, 43.9 at a shift of one sigma.
    CHECK_THAT(ewma_run_length(1.0, 3.0, 0.0), WithinAbs(0.5 / normal_cdf(-3.0), 1e-6));
    CHECK_THAT(ewma_run_length(1.0, 3.0, 1.0),
               WithinAbs(1.0 / (normal_cdf(-2.0) + normal_cdf(-4.0)), 1e-6));
}

TEST_CASE("run lengths do not depend on the direction of a shift", "[stats]") {
    CHECK_THAT(ewma_run_length(0.2, 2.86, 0.7), WithinAbs(ewma_run_length(0.2, 2.86, -0.7), 1e-9));
    CHECK_THAT(two_sided_cusum_run_length(0.5, 4.0, 0.7),
               WithinAbs(two_sided_cusum_run_length(0.5, 4.0, -0.7), 1e-9));
}

TEST_CASE("larger shifts are found sooner", "[stats]") {
    double before = std::numeric_limits<double>::infinity();
    for (const double shift : {0.0, 0.25, 0.5, 1.0, 2.0, 4.0}) {
        const double length = cusum_run_length(0.5, 5.0, shift);
        CHECK(length < before);
        CHECK(length >= 1.0);
        before = length;
    }
}

TEST_CASE("arguments out of range have an infinite run length, never NaN", "[stats]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double length : {cusum_run_length(nan, 5.0, 0.0), cusum_run_length(0.5, 0.0, 0.0),
                                cusum_run_length(0.5, 5.0, nan), ewma_run_length(0.0, 3.0, 0.0),
                                ewma_run_length(1.5, 3.0, 0.0), ewma_run_length(0.1, nan, 0.0)}) {
        CHECK(std::isinf(length));
    }
}

TEST_CASE("Gauss-Legendre integrates polynomials of degree 2 n - 1 exactly", "[stats]") {
    const Quadrature rule = gauss_legendre(3, 1.0, 2.0);
    double sum = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
        sum += rule.weights[i] * std::pow(rule.nodes[i], 5.0);
    }
    CHECK_THAT(sum, WithinAbs(63.0 / 6.0, 1e-13));
    CHECK_THAT(gauss_legendre(1, 0.0, 2.0).nodes[0], WithinAbs(1.0, 1e-15));
}

TEST_CASE("a singular system is said to be one", "[stats]") {
    std::vector<double> matrix = {1.0, 2.0, 2.0, 4.0};
    std::vector<double> right = {1.0, 2.0};
    CHECK_FALSE(solve_linear(matrix, right));
    matrix = {0.0, 2.0, 1.0, 0.0};
    right = {4.0, 3.0};
    REQUIRE(solve_linear(matrix, right));
    CHECK(right == std::vector<double>{3.0, 2.0});
}
