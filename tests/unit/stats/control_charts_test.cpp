// The charts of NIST and of Montgomery and Runger are in reference_charts.cpp.
#include "stats/control_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("a history that never moved is in control of itself, and any change signals", "[stats]") {
    const std::vector<double> values(7, 0.1);
    const IndividualsChart chart = individuals_chart(values);
    CHECK(chart.center == 0.1);
    CHECK(chart.sigma == 0.0);
    CHECK_FALSE(chart.limits.signals(0.1));
    CHECK(chart.limits.signals(0.1 + 1e-12));
}

TEST_CASE("a floor of sigma keeps a constant history from ringing at once", "[stats]") {
    const IndividualsChart chart = individuals_chart(std::vector<double>(7, 0.9), 0.01);
    CHECK(chart.sigma == 0.01);
    CHECK_FALSE(chart.limits.signals(0.925));
    CHECK(chart.limits.signals(0.935));
}

TEST_CASE("fewer than two values say nothing about sigma, so nothing signals", "[stats]") {
    for (const std::vector<double>& values : {std::vector<double>{}, std::vector<double>{5.0}}) {
        const IndividualsChart chart = individuals_chart(values);
        CHECK(std::isinf(chart.sigma));
        CHECK_FALSE(chart.limits.signals(1e300));
        CHECK(std::isinf(sigma_of_median_range(values)));
    }
}

TEST_CASE("one jump moves the mean moving range, but not the median one", "[stats]") {
    const std::vector<double> values = {1, 2, 1, 2, 1, 2, 101, 102, 101, 102, 101, 102};
    CHECK(individuals_chart(values).sigma > 8.0);
    CHECK_THAT(sigma_of_median_range(values), WithinAbs(1.0 / 0.95387255240893, 1e-13));
}

TEST_CASE("an EWMA of weight 1 is the value itself, with Shewhart's limits", "[stats]") {
    const EwmaChart chart = ewma_chart(std::vector<double>{3.0, -1.0}, 0.0, 1.0, 1.0, 3.0);
    CHECK(chart.points[1].average == -1.0);
    CHECK(chart.points[0].limits == ChartLimits{-3.0, 3.0});
    CHECK(chart.steady == ChartLimits{-3.0, 3.0});
}

TEST_CASE("limits of an EWMA widen towards the steady ones", "[stats]") {
    const EwmaChart chart = ewma_chart(std::vector<double>(200, 0.0), 0.0, 1.0, 0.1, 2.7);
    CHECK(chart.points.front().limits.upper < chart.points[1].limits.upper);
    CHECK_THAT(chart.points.back().limits.upper, WithinAbs(chart.steady.upper, 1e-12));
}

TEST_CASE("a CUSUM exactly at its decision does not signal", "[stats]") {
    const auto points = cusum_chart(std::vector<double>{2.0, 2.0, 2.5}, 0.0, 1.0, 2.0);
    CHECK(points[1].high == 2.0);
    CHECK_FALSE(points[1].signals_high);
    CHECK(points[2].signals_high);
    CHECK_FALSE(points[2].signals_low);
}

TEST_CASE("a moving range knows as much of sigma as its degrees of freedom say", "[stats]") {
    // The coefficient of variation of a sigma of that many degrees is sqrt(1 / (2 degrees)).
    CHECK_THAT(moving_range_degrees(20), WithinAbs(11.686, 1e-3));
    Stream stream(11);
    for (const std::size_t size : {10U, 20U}) {
        constexpr int draws = 20'000;
        double sum = 0.0;
        double squares = 0.0;
        std::vector<double> values(size);
        for (int draw = 0; draw < draws; ++draw) {
            for (double& value : values) {
                value = normal_quantile(std::max(stream.uniform(), 1e-12));
            }
            const double sigma = individuals_chart(values).sigma;
            sum += sigma;
            squares += sigma * sigma;
        }
        const double mean = sum / draws;
        const double variation = std::sqrt(squares / draws - mean * mean) / mean;
        CHECK_THAT(variation, WithinAbs(std::sqrt(0.5 / moving_range_degrees(size)), 0.004));
    }
}

TEST_CASE("no values make no points", "[stats]") {
    CHECK(ewma_chart({}, 0.0, 1.0, 0.1, 2.7).points.empty());
    CHECK(cusum_chart({}, 0.0, 0.5, 5.0).empty());
    CHECK(moving_ranges({}).empty());
}
