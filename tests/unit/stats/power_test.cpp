#include "stats/power.h"

#include <cmath>
#include <limits>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("the smallest detectable drop is 2.486 standard errors at 80 % power", "[stats]") {
    CHECK_THAT(smallest_detectable(1.0, 0.95), WithinAbs(2.4865, 5e-5));
    CHECK(smallest_detectable(0.0, 0.95) == 0.0);
}

// (z_a + z_power)^2 disc / margin^2: share of discordant pairs, margin, examples.
TEST_CASE("examples needed for paired accuracy are those of the closed form", "[stats]") {
    struct Row {
        double discordant, margin;
        std::uint64_t needed;
    };
    for (const Row& row : {Row{0.10, 0.02, 1546}, Row{0.04, 0.02, 619}, Row{0.04, 0.01, 2474},
                           Row{0.10, 0.005, 24731}}) {
        for (const std::uint64_t n : {100ULL, 12345ULL}) {
            const double error = std::sqrt(row.discordant / static_cast<double>(n));
            CHECK(examples_needed(error, n, row.margin, 0.95) == row.needed);
        }
    }
}

TEST_CASE("examples needed are absent when nothing is known or nobody has as many", "[stats]") {
    CHECK_FALSE(examples_needed(0.0, 100, 0.01, 0.95).has_value());
    CHECK_FALSE(examples_needed(std::numeric_limits<double>::infinity(), 100, 0.01, 0.95));
    CHECK_FALSE(examples_needed(0.1, 100, 0.0, 0.95).has_value());
    CHECK_FALSE(examples_needed(0.1, 0, 0.01, 0.95).has_value());
    CHECK_FALSE(examples_needed(1.0, 100, 1e-9, 0.95).has_value());
    CHECK_FALSE(examples_needed(1e300, 100, 1e-300, 0.95).has_value());
    CHECK(examples_needed(1e-300, 100, 1.0, 0.95) == 1);
}
