#include "stats/multiplicity.h"

#include "support/catch.h"

using namespace metricgate::stats;

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

TEST_CASE("step-up corrections of none, of one, of ties and of certain claims", "[stats]") {
    for (auto* correct : {hochberg, benjamini_hochberg, benjamini_yekutieli}) {
        CHECK(correct({}).empty());
        CHECK(correct(std::vector<double>{0.03}) == std::vector<double>{0.03});
        CHECK(correct(std::vector<double>{0.0, 0.0}) == std::vector<double>{0.0, 0.0});
        CHECK(correct(std::vector<double>{1.0, 1.0}) == std::vector<double>{1.0, 1.0});
    }
    // All equal: the last step reaches all of them.
    const std::vector<double> equal = {0.04, 0.04, 0.04};
    CHECK(hochberg(equal) == equal);
    CHECK(benjamini_hochberg(equal) == equal);
}

TEST_CASE("hochberg is never weaker than holm, and no correction falls below the p itself",
          "[stats]") {
    const std::vector<double> p = {0.04, 0.01, 0.03, 0.5, 0.02, 0.9, 0.001};
    const auto step_down = holm(p);
    const auto step_up = hochberg(p);
    const auto share = benjamini_hochberg(p);
    const auto any = benjamini_yekutieli(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        CHECK(step_up[i] <= step_down[i]);
        CHECK(share[i] <= step_up[i]);
        CHECK(share[i] <= any[i]);
        CHECK(share[i] >= p[i]);
    }
}
