// Run lengths of R's package spc are in reference_charts.cpp.
#include "stats/run_length.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

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

TEST_CASE("EWMAs run as long as published", "[stats]") {
    // Lucas and Saccucci, Technometrics 32, 1990: weights and widths of 500 points in control.
    for (const auto& [weight, width] :
         {std::pair{0.5, 3.071}, std::pair{0.25, 2.998}, std::pair{0.2, 2.962},
          std::pair{0.1, 2.814}, std::pair{0.05, 2.615}, std::pair{0.03, 2.437}}) {
        CHECK_THAT(ewma_run_length(weight, width, 0.0), WithinAbs(500.0, 0.6));
        // Limits that begin narrow ring sooner, the more so the longer they take to widen.
        const double varying = varying_ewma_run_length(weight, width, 0.0, true);
        CHECK(varying < 499.0);
        CHECK(varying > 440.0);
    }
}

TEST_CASE("an EWMA with the limits of each point runs as long as it does by simulation",
          "[stats]") {
    CHECK_THAT(varying_ewma_run_length(1.0, 3.0, 0.0, true), WithinAbs(370.398, 0.01));
    CHECK_THAT(varying_ewma_run_length(1.0, 3.0, 0.0, false), WithinAbs(740.797, 0.01));
    // 20,000 series each by another program, standard error 0.7 %: 355.3 of both sides, 742.7 of
    // one at weight 0.1 and width 2.7; 233.7 and 479.8 at weight 0.2.
    CHECK_THAT(varying_ewma_run_length(0.1, 2.7, 0.0, true), WithinAbs(355.3, 7.0));
    CHECK_THAT(varying_ewma_run_length(0.1, 2.7, 0.0, false), WithinAbs(742.7, 15.0));
    CHECK_THAT(varying_ewma_run_length(0.2, 2.7, 0.0, true), WithinAbs(233.7, 5.0));
    CHECK_THAT(varying_ewma_run_length(0.2, 2.7, 0.0, false), WithinAbs(479.8, 10.0));
    CHECK(varying_ewma_run_length(0.1, 2.7, 1.0, true) < ewma_run_length(0.1, 2.7, 1.0));
    CHECK(std::isinf(varying_ewma_run_length(0.001, 2.7, 0.0, true)));
}

TEST_CASE("a moving average of two runs as long as its integral equation says", "[stats]") {
    // L(x) = 1 + int_-inf^(sqrt(2) h - x) phi(y) L(y) dy after a value x; the first one alone rings
    // above h.
    for (const double width : {2.0, 2.5, 3.0, 3.5}) {
        // On a grid that the equation maps to itself, by the trapezoidal rule.
        constexpr double far = 9.0;
        constexpr std::size_t n = 500;
        const double middle = width / std::sqrt(2.0);
        const double step = 2.0 * far / static_cast<double>(n - 1);
        std::vector<double> grid;
        std::vector<double> matrix(n * n);
        std::vector<double> lengths(n, 1.0);
        for (std::size_t i = 0; i < n; ++i) {
            grid.push_back(middle - far + step * static_cast<double>(i));
        }
        const auto density = [](double y) {
            return std::exp(-0.5 * y * y) / std::sqrt(2.0 * std::acos(-1.0));
        };
        for (std::size_t row = 0; row < n; ++row) {
            matrix[row * n + row] = 1.0;
            for (std::size_t column = 0; column + row < n; ++column) {
                const double share = column + row + 1 == n ? 0.5 : 1.0;
                matrix[row * n + column] -= share * step * density(grid[column]);
            }
        }
        REQUIRE(solve_linear(matrix, lengths));
        double length = 1.0;
        for (std::size_t i = 0; i + 1 < n && grid[i] < width; ++i) {
            const double part = std::min(1.0, (width - grid[i]) / step);
            length += part * step * density(grid[i] + 0.5 * part * step) *
                      (lengths[i] + 0.5 * part * (lengths[i + 1] - lengths[i]));
        }
        INFO(width);
        CHECK_THAT(*moving_average_run_length(2, width, false) / length, WithinAbs(1.0, 0.025));
    }
}

TEST_CASE("moving averages run longer the more they overlap, and unknown ones are not guessed",
          "[stats]") {
    double before = 0.5 / normal_cdf(-3.0);
    for (const std::size_t span : {2U, 3U, 4U, 5U, 6U, 8U, 12U, 25U, 50U}) {
        const double length = *moving_average_run_length(span, 3.0, true);
        CHECK(length > before);
        CHECK(*moving_average_run_length(span, 3.1, true) > length);
        before = length;
    }
    // 40,000 series by another program: 1,061 of one side (standard error 0.5 %).
    CHECK_THAT(*moving_average_run_length(5, 3.0, false), WithinAbs(1061.0, 2.0));
    CHECK_FALSE(moving_average_run_length(1, 3.0, false));
    CHECK_FALSE(moving_average_run_length(51, 3.0, false));
    CHECK_FALSE(moving_average_run_length(5, 3.6, false));
    CHECK_FALSE(moving_average_run_length(5, std::numeric_limits<double>::quiet_NaN(), false));
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
