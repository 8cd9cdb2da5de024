#include "stats/kolmogorov_smirnov.h"

#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("the exact p is SciPy's for samples of different size", "[stats]") {
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 7; ++i) {
        first.push_back(i + 0.5);
    }
    for (int i = 0; i < 12; ++i) {
        second.push_back(i * 0.9 + 2.2);
    }
    // scipy 1.15 ks_2samp(..., mode="exact")
    const double distance = ks_distance(first, second);
    CHECK_THAT(distance, WithinAbs(0.5833333333333334, 1e-15));
    CHECK_THAT(ks_exact_p(distance, 7, 12), WithinAbs(0.06477732793522267, 1e-14));
}

TEST_CASE("the limit is Kolmogorov's distribution", "[stats]") {
    // scipy kstwobign.sf at 1.2, 0.5 and 3: n m/(n + m) is 100 here.
    CHECK_THAT(ks_limit_p(0.12, 200, 200), WithinAbs(0.11224966667072497, 1e-14));
    CHECK_THAT(ks_limit_p(0.05, 200, 200), WithinAbs(0.9639452436648751, 1e-14));
    CHECK_THAT(ks_limit_p(0.3, 200, 200), WithinRel(3.045995948942526e-08, 1e-12));
    CHECK(ks_limit_p(0.0, 200, 200) == 1.0);
}

TEST_CASE("exact and limit agree where both are used", "[stats]") {
    CHECK_THAT(ks_exact_p(0.03, 5000, 5000), WithinAbs(ks_limit_p(0.03, 5000, 5000), 0.002));
    CHECK(ks_p(0.03, 5000, 5000) == ks_exact_p(0.03, 5000, 5000));
    CHECK(ks_p(0.03, 20000, 5000) == ks_limit_p(0.03, 20000, 5000));
    CHECK(ks_p(0.3, 5000, 5000) == ks_exact_p(0.3, 5000, 5000));
    CHECK(ks_p(0.4, 5000, 5000) == 0.0);
    CHECK(ks_exact_p(0.4, 5000, 5000) < 1e-300);
}

TEST_CASE("tiny p keep their digits instead of ending at 1e-16", "[stats]") {
    // The only two paths that reach distance 1 run along the border.
    CHECK_THAT(ks_exact_p(1.0, 30, 30), WithinRel(2.0 / 118264581564861424.0, 1e-12));
}

TEST_CASE("equal samples are at distance 0 with p 1, disjoint ones at 1", "[stats]") {
    const std::vector<double> values{1, 2, 2, 3};
    CHECK(ks_distance(values, values) == 0.0);
    CHECK(ks_exact_p(0.0, 4, 4) == 1.0);
    CHECK(ks_distance(values, std::vector<double>{9}) == 1.0);
    CHECK(ks_distance(std::vector<double>{5, 5}, std::vector<double>{5}) == 0.0);
}

TEST_CASE("the critical value has the p that it is for", "[stats]") {
    CHECK_THAT(ks_limit_p(ks_critical(0.05, 5832, 8232), 5832, 8232), WithinAbs(0.05, 1e-5));
    CHECK(ks_critical(0.05, 1, 1) == 1.0);
    CHECK(ks_mean(1000, 1000) < ks_critical(0.05, 1000, 1000));
}
