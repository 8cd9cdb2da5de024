// Event counts beside tests/reference.
#include "stats/poisson.h"

#include <cmath>
#include <limits>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("no event in an exposure bounds the rate by three over it", "[stats]") {
    const Interval none = poisson_rate({0, 100.0}, 0.95);
    CHECK(none.lower == 0.0);
    CHECK_THAT(none.upper, WithinRel(-std::log(0.05) / 100.0, 1e-12));
}

TEST_CASE("a ratio without events of one side ends at 0 or nowhere", "[stats]") {
    CHECK(poisson_ratio({0, 10.0}, {0, 10.0}, 0.95).upper ==
          std::numeric_limits<double>::infinity());
    CHECK(poisson_ratio({0, 10.0}, {5, 10.0}, 0.95).lower == 0.0);
    const Interval open = poisson_ratio({5, 10.0}, {0, 10.0}, 0.95);
    CHECK(open.lower > 0.0);
    CHECK(open.upper == std::numeric_limits<double>::infinity());
}

TEST_CASE(
    "equal rates are certain without events, symmetric, and impossible to miss when far apart",
    "[stats]") {
    CHECK(poisson_equal_rates({0, 3.0}, {0, 5.0}) == 1.0);
    CHECK(poisson_equal_rates({4, 10.0}, {4, 10.0}) == 1.0);
    CHECK_THAT(poisson_equal_rates({7, 10.0}, {2, 12.0}),
               WithinAbs(poisson_equal_rates({2, 12.0}, {7, 10.0}), 1e-12));
    CHECK(poisson_equal_rates({5000, 1.0}, {100, 1.0}) < 1e-300);
    // One event: either side as likely as its exposure.
    CHECK(poisson_equal_rates({1, 1.0}, {0, 1.0}) == 1.0);
    CHECK_THAT(poisson_equal_rates({1, 1.0}, {0, 3.0}), WithinAbs(0.25, 1e-12));
}
