// Bootstrap intervals beside tests/reference: what they say of replicates that say nothing.
#include <cmath>
#include <limits>
#include <vector>

#include "stats/bootstrap.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
const Interval unbounded{-infinite, infinite, 0.95};

std::vector<double> hundred() {
    std::vector<double> values;
    for (int i = 0; i <= 100; ++i) {
        values.push_back(i);
    }
    return values;
}

}  // namespace

TEST_CASE("no interval is made of no replicates or of one that is no number", "[stats]") {
    std::vector<double> none;
    std::vector<double> broken = {1.0, infinite, 2.0};
    for (auto* values : {&none, &broken}) {
        CHECK(basic_interval(1.0, *values, 0.95) == unbounded);
        CHECK(normal_interval(1.0, *values, 0.95) == unbounded);
        CHECK(studentized_interval(1.0, 1.0, *values, 0.95) == unbounded);
        CHECK(bca_interval(1.0, *values, 0.0, 0.95) == unbounded);
    }
    CHECK(normal_interval(1.0, std::vector<double>{1.0}, 0.95) == unbounded);
}

TEST_CASE("the basic interval is the percentile one mirrored at the estimate", "[stats]") {
    std::vector<double> values = hundred();
    const Interval percentile = percentile_interval(values, 0.95);
    const Interval basic = basic_interval(40.0, values, 0.95);
    CHECK_THAT(percentile.lower, WithinAbs(5.0, 1e-12));
    CHECK_THAT(percentile.upper, WithinAbs(95.0, 1e-12));
    CHECK_THAT(basic.lower, WithinAbs(-15.0, 1e-12));
    CHECK_THAT(basic.upper, WithinAbs(75.0, 1e-12));
}

TEST_CASE("bca without bias and acceleration is the percentile interval", "[stats]") {
    std::vector<double> values = hundred();
    const Interval interval = bca_interval(50.0, values, 0.0, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(5.0, 1e-9));
    CHECK_THAT(interval.upper, WithinAbs(95.0, 1e-9));
    // A positive acceleration moves both ends up.
    CHECK(bca_interval(50.0, values, 0.1, 0.95).lower > 5.0);
    CHECK(bca_interval(50.0, values, 0.1, 0.95).upper > 95.0);
}

TEST_CASE("bca says nothing when all replicates lie on one side of the estimate", "[stats]") {
    std::vector<double> values = hundred();
    CHECK(bias_correction(-1.0, values) == -infinite);
    CHECK(bias_correction(101.0, values) == infinite);
    CHECK(bca_interval(101.0, values, 0.0, 0.95) == unbounded);
    CHECK(bca_interval(50.0, values, 1.0, 0.95) == unbounded);  // beyond the pole
}

TEST_CASE("half of the replicates that equal the estimate count as below it", "[stats]") {
    CHECK_THAT(bias_correction(1.0, std::vector<double>{0.0, 1.0, 1.0, 2.0}),
               WithinAbs(0.0, 1e-15));
    CHECK_THAT(bias_correction(1.0, std::vector<double>{1.0, 1.0}), WithinAbs(0.0, 1e-15));
}

TEST_CASE("the acceleration of equal or symmetric values is 0, and counts stand for repetition",
          "[stats]") {
    CHECK(acceleration({}) == 0.0);
    CHECK(acceleration(std::vector<double>{3.0}) == 0.0);
    CHECK(acceleration(std::vector<double>{3.0, 3.0, 3.0}) == 0.0);
    CHECK_THAT(acceleration(std::vector<double>{1.0, 2.0, 3.0}), WithinAbs(0.0, 1e-15));
    const double written_out = acceleration(std::vector<double>{1.0, 1.0, 1.0, 4.0, 9.0});
    const std::vector<std::uint64_t> counts = {3, 1, 1};
    CHECK_THAT(acceleration(std::vector<double>{1.0, 4.0, 9.0}, counts),
               WithinAbs(written_out, 1e-15));
    CHECK_THAT(acceleration(std::vector<double>{1e300, 4e300, 9e300}, counts),
               WithinAbs(written_out, 1e-14));
}

TEST_CASE("the jackknife of a mean is its standard error", "[stats]") {
    const std::vector<double> values = {1.0, 4.0, 9.0, 16.0};
    std::vector<double> left_out;
    for (const double value : values) {
        left_out.push_back((30.0 - value) / 3.0);
    }
    CHECK_THAT(jackknife_standard_error(left_out),
               WithinAbs(sample_standard_deviation(values) / 2.0, 1e-14));
}
