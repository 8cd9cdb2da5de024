#include "stats/mover.h"

#include <cmath>
#include <limits>

#include "stats/means.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

const Bounded first{0.8, {0.7, 0.85, 0.95}};
const Bounded second{0.6, {0.5, 0.75, 0.95}};
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("the difference joins the distances that move it the same way", "[stats]") {
    const Interval interval = mover(first, second);
    CHECK_THAT(interval.lower, WithinAbs(0.2 - std::sqrt(0.01 + 0.0225), 1e-15));
    CHECK_THAT(interval.upper, WithinAbs(0.2 + std::sqrt(0.0025 + 0.01), 1e-15));
    CHECK(interval.confidence == 0.95);
}

TEST_CASE("the factor scales the second parameter with its interval", "[stats]") {
    const Bounded scaled{1.2, {1.0, 1.5, 0.95}};
    CHECK_THAT(mover(first, second, 2.0).lower, WithinAbs(mover(first, scaled).lower, 1e-15));
    CHECK_THAT(mover(first, second, 2.0).upper, WithinAbs(mover(first, scaled).upper, 1e-15));
}

TEST_CASE("a negative factor adds, and takes the other end", "[stats]") {
    const Bounded negated{-0.6, {-0.75, -0.5, 0.95}};
    CHECK_THAT(mover(first, second, -1.0).lower, WithinAbs(mover(first, negated).lower, 1e-15));
    CHECK_THAT(mover(first, second, -1.0).upper, WithinAbs(mover(first, negated).upper, 1e-15));
}

TEST_CASE("an infinite bound makes its side of the difference infinite", "[stats]") {
    const Bounded open{0.6, {0.5, infinity, 0.95}};
    CHECK(mover(first, open).lower == -infinity);
    CHECK(std::isfinite(mover(first, open).upper));
    CHECK(mover(open, first).upper == infinity);
}

TEST_CASE("a factor of zero leaves the first interval, whatever the second is", "[stats]") {
    const Bounded open{0.6, {-infinity, infinity, 0.95}};
    const Interval interval = mover(first, open, 0.0);
    CHECK_THAT(interval.lower, WithinAbs(0.7, 1e-15));
    CHECK_THAT(interval.upper, WithinAbs(0.85, 1e-15));
}

TEST_CASE("two intervals without width give one without width", "[stats]") {
    const Bounded point{0.5, {0.5, 0.5, 0.95}};
    CHECK(mover(point, point) == Interval{0.0, 0.0, 0.95});
}
