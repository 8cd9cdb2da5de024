#include "stats/multiplicity.h"

#include "support/catch.h"

using metricgate::stats::holm;

TEST_CASE("holm's adjusted p-values stand in the order given and never fall", "[stats]") {
    const std::vector<double> adjusted = holm(std::vector<double>{0.04, 0.01, 0.03, 0.5});
    CHECK_THAT(adjusted[0], WithinAbs(0.09, 1e-15));  // lifted to the step before
    CHECK_THAT(adjusted[1], WithinAbs(0.04, 1e-15));
    CHECK_THAT(adjusted[2], WithinAbs(0.09, 1e-15));
    CHECK_THAT(adjusted[3], WithinAbs(0.5, 1e-15));
}

TEST_CASE("holm of none, of one and of ties", "[stats]") {
    CHECK(holm({}).empty());
    CHECK(holm(std::vector<double>{0.03}) == std::vector<double>{0.03});
    CHECK(holm(std::vector<double>{0.25, 0.25}) == std::vector<double>{0.5, 0.5});
    CHECK(holm(std::vector<double>{1.0, 0.0, 1.0}) == std::vector<double>{1.0, 0.0, 1.0});
}
