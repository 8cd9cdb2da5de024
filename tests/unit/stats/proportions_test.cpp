#include "stats/proportions.h"

#include <cmath>

#include "stats/distributions.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("wilson's interval at no and at all successes touches 0 and 1 exactly", "[stats]") {
    const double z = normal_quantile(0.95);
    const Interval none = wilson(0, 10, 0.95);
    CHECK(none.lower == 0.0);
    CHECK_THAT(none.upper, WithinRel(z * z / (10 + z * z), 1e-14));
    const Interval all = wilson(10, 10, 0.95);
    CHECK(all.upper == 1.0);
    CHECK_THAT(all.lower, WithinRel(10 / (10 + z * z), 1e-14));
}

TEST_CASE("wilson's interval of one trial is inside 0 and 1", "[stats]") {
    const Interval one = wilson(1, 1, 0.95);
    CHECK((one.lower > 0.0 && one.lower < 0.5 && one.upper == 1.0));
    CHECK(one.confidence == 0.95);
}

TEST_CASE("wilson's interval holds its estimate and mirrors failures", "[stats]") {
    for (const double n : {1.0, 7.0, 1e3, 1e9, 1e15}) {
        for (const double share : {0.0, 1e-9, 0.1, 0.5, 0.999, 1.0}) {
            const double x = std::floor(share * n);
            const Interval interval = wilson(x, n, 0.99);
            const Interval mirrored = wilson(n - x, n, 0.99);
            CHECK((interval.lower <= x / n && x / n <= interval.upper));
            CHECK((interval.lower >= 0.0 && interval.upper <= 1.0));
            CHECK_THAT(interval.lower, WithinAbs(1.0 - mirrored.upper, 1e-15));
        }
    }
}

TEST_CASE("clopper and pearson bound no errors in n by the root of the level", "[stats]") {
    for (const std::uint64_t n : {1ULL, 10ULL, 300ULL, 1000000ULL}) {
        const Interval none = clopper_pearson(0, n, 0.95);
        CHECK(none.lower == 0.0);
        const auto trials = static_cast<double>(n);
        CHECK_THAT(none.upper, WithinRel(-std::expm1(std::log(0.05) / trials), 1e-9));
        CHECK(clopper_pearson(n, n, 0.95).upper == 1.0);
        CHECK_THAT(clopper_pearson(n, n, 0.95).lower, WithinAbs(1.0 - none.upper, 1e-12));
    }
}

TEST_CASE("clopper and pearson's bounds give back their level, also at large n", "[stats]") {
    for (const std::uint64_t n : {20ULL, 5000ULL, 10'000'000ULL, 1'000'000'000ULL}) {
        for (const std::uint64_t x : {n / 1000 + 1, n / 2, n - 3}) {
            const Interval interval = clopper_pearson(x, n, 0.95);
            INFO(x << " of " << n);
            CHECK_THAT(binomial_cdf(x, n, interval.upper), WithinAbs(0.05, 1e-6));
            CHECK_THAT(1.0 - binomial_cdf(x - 1, n, interval.lower), WithinAbs(0.05, 1e-6));
        }
    }
}

TEST_CASE("newcombe's interval is antisymmetric and survives empty cells", "[stats]") {
    const Interval one = newcombe(9, 10, 3, 10, 0.975);
    const Interval other = newcombe(3, 10, 9, 10, 0.975);
    CHECK_THAT(one.lower, WithinAbs(-other.upper, 1e-15));
    CHECK_THAT(one.upper, WithinAbs(-other.lower, 1e-15));
    const Interval extreme = newcombe(10, 10, 0, 10, 0.975);
    CHECK((extreme.lower > 0.0 && extreme.lower < 1.0));
    CHECK(extreme.upper == 1.0);
}

TEST_CASE("mcnemar without discordant pairs has p 1", "[stats]") {
    const PairedCounts none{10, 0, 0, 3};
    CHECK(mcnemar_exact(none) == 1.0);
    CHECK(mcnemar_mid_p(none) == 1.0);
}

TEST_CASE("mcnemar's p is two-sided and does not ask which side is which", "[stats]") {
    const PairedCounts counts{10, 1, 6, 3};
    const PairedCounts mirrored{10, 6, 1, 3};
    CHECK_THAT(mcnemar_exact(counts), WithinRel(2.0 * 8 / 128, 1e-12));
    CHECK_THAT(mcnemar_mid_p(counts), WithinRel((8.0 + 1.0) / 128, 1e-12));
    CHECK(mcnemar_exact(counts) == mcnemar_exact(mirrored));
    CHECK(mcnemar_mid_p(counts) == mcnemar_mid_p(mirrored));
    CHECK(mcnemar_exact({0, 4, 4, 0}) == 1.0);
    CHECK_THAT(mcnemar_mid_p({0, 4, 4, 0}), WithinAbs(1.0, 1e-12));
}
