// Correlations beside tests/reference: what has none, and ties.
#include "stats/correlation.h"

#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("there is no correlation with fewer than two pairs or a constant side", "[stats]") {
    const std::vector<double> constant = {2, 2, 2};
    const std::vector<double> rising = {1, 2, 3};
    for (auto* of : {pearson, spearman, kendall_tau_b}) {
        CHECK_FALSE(of({}, {}));
        CHECK_FALSE(of(std::vector<double>{1.0}, std::vector<double>{2.0}));
        CHECK_FALSE(of(constant, rising));
        CHECK_FALSE(of(rising, constant));
        CHECK(of(rising, rising) == 1.0);
        CHECK(of(rising, std::vector<double>{3, 2, 1}) == -1.0);
    }
}

TEST_CASE("ties count in tau-b as scipy 1.10 counts them", "[stats]") {
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])
    const std::vector<double> x = {12, 2, 1, 12, 2};
    const std::vector<double> y = {1, 4, 7, 1, 0};
    CHECK_THAT(kendall_tau_b(x, y).value(), WithinAbs(-0.47140452079103173, 1e-15));
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])
    CHECK_THAT(
        spearman(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{5, 6, 7, 8, 7}).value(),
        WithinAbs(0.8207826816681233, 1e-15));
}

TEST_CASE("huge and tiny numbers correlate like ordinary ones", "[stats]") {
    const std::vector<double> y = {1, 3, 2, 5};
    const double ordinary = pearson(std::vector<double>{1, 2, 3, 4}, y).value();
    for (const double scale : {1e300, 1e-300}) {
        const std::vector<double> x = {scale, 2 * scale, 3 * scale, 4 * scale};
        CHECK_THAT(pearson(x, y).value(), WithinAbs(ordinary, 1e-14));
    }
}

TEST_CASE("fisher's interval of few pairs or of a perfect correlation says so", "[stats]") {
    CHECK(fisher_interval(0.5, 3, 0.95) == Interval{-1.0, 1.0, 0.95});
    CHECK(fisher_interval(1.0, 10, 0.95) == Interval{1.0, 1.0, 0.95});
    CHECK(p_no_correlation(0.5, 2) == 1.0);
    CHECK(p_no_correlation(-1.0, 10) == 0.0);
    CHECK_THAT(p_no_correlation(0.0, 10), WithinAbs(1.0, 1e-15));
}
