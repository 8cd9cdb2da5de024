// Shift estimates against all pairs written out, with published critical values of the rank tests.
#include "stats/hodges_lehmann.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

std::vector<double> averages(const std::vector<double>& values) {
    std::vector<double> all;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = i; j < values.size(); ++j) {
            all.push_back(std::midpoint(values[i], values[j]));
        }
    }
    std::ranges::sort(all);
    return all;
}

std::vector<double> differences(const std::vector<double>& x, const std::vector<double>& y) {
    std::vector<double> all;
    for (const double left : x) {
        for (const double right : y) {
            all.push_back(left - right);
        }
    }
    std::ranges::sort(all);
    return all;
}

double middle(const std::vector<double>& sorted) {
    const std::size_t size = sorted.size();
    return std::midpoint(sorted[(size - 1) / 2], sorted[size / 2]);
}

// Depression scores of Hollander and Wolfe 1973 (R's help of wilcox.test), first minus second.
const std::vector<double> depression = {1.83 - 0.878, 0.50 - 0.647, 1.62 - 0.598,
                                        2.48 - 2.05,  1.68 - 1.06,  1.88 - 1.29,
                                        1.55 - 1.06,  3.06 - 3.14,  1.30 - 1.29};
const std::vector<double> permeable = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const std::vector<double> term = {1.15, 0.88, 0.90, 0.74, 1.21};

}  // namespace

TEST_CASE("averages are cut where the table of the signed-rank test says", "[stats]") {
    // n = 9: P(V <= 5) = .0195 and P(V <= 6) = .0273, so the 6th from either end at .025; P(V <= 8)
    // = .0488, so the 9th at .05.
    const auto all = averages(depression);
    const auto located = HodgesLehmann::of_averages(depression);
    CHECK(located.estimate() == middle(all));
    const auto wide = located.interval(0.975);
    REQUIRE(wide);
    CHECK(wide->lower == all[5]);
    CHECK(wide->upper == all[all.size() - 6]);
    // As wilcox.test(..., conf.int = TRUE) of R prints: 0.010 to 0.786, 0.46.
    CHECK_THAT(wide->lower, WithinAbs(0.010, 5e-4));
    CHECK_THAT(wide->upper, WithinAbs(0.786, 5e-4));
    CHECK_THAT(located.estimate(), WithinAbs(0.46, 5e-4));
    CHECK(located.interval(0.95)->lower == all[8]);
}

TEST_CASE("differences are cut where the table of the rank-sum test says", "[stats]") {
    // n = 10, m = 5: P(U <= 8) = .020 and P(U <= 9) = .028, so the 9th from either end at .025.
    const auto all = differences(permeable, term);
    const auto located = HodgesLehmann::of_differences(permeable, term);
    CHECK(located.estimate() == middle(all));
    const auto wide = located.interval(0.975);
    REQUIRE(wide);
    CHECK(wide->lower == all[8]);
    CHECK(wide->upper == all[all.size() - 9]);
    CHECK_THAT(wide->lower, WithinAbs(-0.15, 1e-12));
    CHECK_THAT(wide->upper, WithinAbs(0.76, 1e-12));
    CHECK_THAT(located.estimate(), WithinAbs(0.305, 1e-12));
}

TEST_CASE("p is the level at which the upper end reaches 0", "[stats]") {
    std::vector<double> losses = depression;
    for (double& value : losses) {
        value = -value;
    }
    const auto located = HodgesLehmann::of_averages(losses);
    // V of the losses is 5: 40 of 45 was on the other side; one-sided p .0195.
    CHECK_THAT(located.p_not_negative(), WithinAbs(0.01953125, 1e-12));
    CHECK(located.interval(0.98)->upper < 0.0);
    CHECK(located.interval(0.981)->upper >= 0.0);
}

TEST_CASE("too few values have no interval", "[stats]") {
    CHECK_FALSE(HodgesLehmann::of_averages(std::vector<double>{1.0}).interval(0.95));
    CHECK_FALSE(HodgesLehmann::of_averages(std::vector<double>{1, 2, 3, 4}).interval(0.95));
    CHECK(HodgesLehmann::of_averages(std::vector<double>{1, 2, 3, 4, 5}).interval(0.95));
    const std::vector<double> two = {1, 2};
    const std::vector<double> three = {1, 2, 3};
    CHECK_FALSE(HodgesLehmann::of_differences(two, three).interval(0.95));
    const auto least = HodgesLehmann::of_differences(three, three).interval(0.95);
    REQUIRE(least);
    CHECK(*least == Interval{-2.0, 2.0, 0.95});
    CHECK(HodgesLehmann::of_averages(std::vector<double>{-3.0}).p_not_negative() == 0.5);
}

TEST_CASE("ties and zeros widen, and equal values leave no width", "[stats]") {
    const std::vector<double> equal(12, 0.25);
    const auto interval = HodgesLehmann::of_averages(equal).interval(0.95);
    CHECK((interval->lower == 0.25 && interval->upper == 0.25));
    const std::vector<double> zeros = {0, 0, 0, 0, -0.0, 0, 0, 1, -1, 0};
    const auto around = HodgesLehmann::of_averages(zeros);
    CHECK(around.estimate() == 0.0);
    CHECK(around.p_not_negative() > 0.5);
}

TEST_CASE("ordered numbers are found among many without writing them out", "[stats]") {
    Stream stream(3);
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i < 150; ++i) {
        x.push_back(std::round(40.0 * stream.uniform()) / 8.0 - 2.0);
        y.push_back(stream.uniform() * 3.0 - 1.5);
    }
    CHECK(HodgesLehmann::of_averages(x).estimate() == middle(averages(x)));
    CHECK(HodgesLehmann::of_averages(y).estimate() == middle(averages(y)));
    CHECK(HodgesLehmann::of_differences(x, y).estimate() == middle(differences(x, y)));
    std::vector<double> reversed(y.rbegin(), y.rend());
    CHECK(*HodgesLehmann::of_averages(y).interval(0.95) ==
          *HodgesLehmann::of_averages(reversed).interval(0.95));
}

TEST_CASE("the exact and the normal counts meet where one takes over from the other", "[stats]") {
    Stream stream(5);
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) {
        values.push_back(stream.uniform() - 0.55);
    }
    const auto exact = HodgesLehmann::of_averages(values);
    values.push_back(-0.05);
    const auto normal = HodgesLehmann::of_averages(values);
    CHECK_THAT(exact.p_not_negative(), WithinAbs(normal.p_not_negative(), 0.02));
    CHECK_THAT(exact.interval(0.95)->lower, WithinAbs(normal.interval(0.95)->lower, 0.02));
}
