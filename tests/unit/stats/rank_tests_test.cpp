// Rank tests beside tests/reference: ties, zeros, samples of one, and the limits of what is exact.
#include "stats/rank_tests.h"

#include <vector>

#include "stats/rank_sums.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("a signed-rank test without a difference claims nothing", "[stats]") {
    for (const auto& none : std::vector<std::vector<double>>{{}, {0.0}, {0.0, -0.0, 0.0}}) {
        const RankTest test = wilcoxon_signed_rank(none);
        CHECK(test.n == 0);
        CHECK(test.statistic == 0.0);
        CHECK(test.p_exact == 1.0);
        CHECK(test.p_normal == 1.0);
        CHECK(test.p_normal_corrected == 1.0);
    }
}

TEST_CASE("a signed-rank test of one difference can show nothing", "[stats]") {
    const RankTest test = wilcoxon_signed_rank(std::vector<double>{3.0});
    CHECK(test.statistic == 1.0);
    CHECK(test.p_exact == 1.0);
}

TEST_CASE("five differences of one sign reach 1/16", "[stats]") {
    const RankTest test = wilcoxon_signed_rank(std::vector<double>{1, 2, 3, 4, 5});
    CHECK(test.statistic == 15.0);
    CHECK_THAT(test.p_exact.value(), WithinAbs(1.0 / 16.0, 1e-15));
    // All tied: each sign counts alike, and the p is that of the sign test.
    CHECK_THAT(wilcoxon_signed_rank(std::vector<double>{2, 2, 2, 2, 2}).p_exact.value(),
               WithinAbs(1.0 / 16.0, 1e-15));
}

TEST_CASE("beyond 100 values only the normal p remains, and they agree at 100", "[stats]") {
    std::vector<double> differences;
    for (int i = 1; i <= 100; ++i) {
        differences.push_back(i % 3 == 0 ? -i : i);
    }
    const RankTest exact = wilcoxon_signed_rank(differences);
    REQUIRE(exact.p_exact);
    CHECK_THAT(*exact.p_exact, WithinAbs(exact.p_normal_corrected, 1e-3));
    differences.push_back(101.0);
    CHECK_FALSE(wilcoxon_signed_rank(differences).p_exact);
}

TEST_CASE("a rank-sum test of an empty sample or equal values claims nothing", "[stats]") {
    const std::vector<double> none;
    const std::vector<double> equal = {2.0, 2.0, 2.0};
    CHECK(mann_whitney(none, equal).p_exact == 1.0);
    const RankTest tied = mann_whitney(equal, equal);
    CHECK(tied.statistic == 4.5);
    CHECK_THAT(tied.p_exact.value(), WithinAbs(1.0, 1e-12));
    CHECK(tied.p_normal == 1.0);
    CHECK(mann_whitney(std::vector<double>{1.0}, std::vector<double>{2.0}).p_exact == 1.0);
}

TEST_CASE("separated samples are as rare as one split of all", "[stats]") {
    const RankTest test =
        mann_whitney(std::vector<double>{7, 8, 9}, std::vector<double>{1, 2, 3, 4});
    CHECK(test.statistic == 12.0);
    CHECK_THAT(test.p_exact.value(), WithinAbs(2.0 / 35.0, 1e-15));
}

TEST_CASE("chances of rank sums add up and match small tables", "[stats]") {
    const std::vector<std::uint64_t> ranks = {1, 2, 3, 4};
    const std::vector<double> signed_sums = signed_sum_chances(ranks);
    REQUIRE(signed_sums.size() == 11);
    CHECK(signed_sums[0] == 1.0 / 16.0);
    CHECK(signed_sums[3] == 2.0 / 16.0);  // 3, and 1 + 2
    CHECK(signed_sums[5] == 2.0 / 16.0);
    const std::vector<double> drawn = drawn_sum_chances(ranks, 2);
    CHECK_THAT(drawn[3], WithinAbs(1.0 / 6.0, 1e-15));
    CHECK_THAT(drawn[5], WithinAbs(2.0 / 6.0, 1e-15));
    CHECK(drawn[2] == 0.0);
    CHECK(drawn_sum_chances(ranks, 0)[0] == 1.0);
    CHECK_THAT(drawn_sum_chances(ranks, 4)[10], WithinAbs(1.0, 1e-15));
    CHECK(signed_sum_chances({}) == std::vector<double>{1.0});
}
