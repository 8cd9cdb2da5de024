#include "stats/hypergeometric.h"

#include <cmath>
#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("draws without putting back follow the hypergeometric distribution", "[stats]") {
    // 5 of 8 balls, 3 good: P = C(3,x) C(5,5-x) / C(8,5) = 1, 15, 30, 10 of 56.
    const std::vector<double> shares{1.0 / 56, 15.0 / 56, 30.0 / 56, 10.0 / 56};
    Stream stream = Stream::of_unit(0, 1);
    constexpr int trials = 20000;
    std::vector<int> seen(4, 0);
    for (int i = 0; i < trials; ++i) {
        ++seen[hypergeometric(stream, 3, 5, 5)];
    }
    for (std::size_t x = 0; x < shares.size(); ++x) {
        const double sd = std::sqrt(trials * shares[x] * (1.0 - shares[x]));
        CHECK_THAT(seen[x], WithinAbs(trials * shares[x], 4.0 * sd));
    }
}

TEST_CASE("mean and variance hold for large counts", "[stats]") {
    Stream stream = Stream::of_unit(0, 2);
    constexpr double trials = 4000.0;
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < trials; ++i) {
        const double x = static_cast<double>(hypergeometric(stream, 20000, 80000, 30000)) - 6000.0;
        sum += x;
        squares += x * x;
    }
    const double variance = 30000.0 * 0.2 * 0.8 * 70000.0 / 99999.0;
    CHECK_THAT(sum / trials, WithinAbs(0.0, 4.0 * std::sqrt(variance / trials)));
    CHECK_THAT(squares / trials, WithinRel(variance, 4.0 * std::sqrt(2.0 / trials)));
}

TEST_CASE("where only one answer is possible, it is given without a draw", "[stats]") {
    Stream stream = Stream::of_unit(0, 3);
    Stream untouched = stream;
    CHECK(hypergeometric(stream, 5, 0, 3) == 3);
    CHECK(hypergeometric(stream, 0, 5, 3) == 0);
    CHECK(hypergeometric(stream, 4, 6, 10) == 4);
    CHECK(hypergeometric(stream, 4, 6, 0) == 0);
    CHECK(stream.next() == untouched.next());
}
