#include "stats/exact_sum.h"

#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "stats/random.h"
#include "support/catch.h"

namespace {

using metricgate::stats::ExactSum;
using metricgate::stats::Stream;

double sum_of(std::span<const double> terms) {
    ExactSum sum;
    for (const double term : terms) {
        sum.add(term);
    }
    return sum.value();
}

double sum_of(std::initializer_list<double> terms) {
    return sum_of(std::span<const double>(terms.begin(), terms.size()));
}

void shuffle(std::vector<double>& values, Stream& stream) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[stream.below(i)]);
    }
}

// Terms of all magnitudes and signs, subnormal ones included.
std::vector<double> wild_terms(std::size_t count, Stream& stream) {
    std::vector<double> terms;
    for (std::size_t i = 0; i < count; ++i) {
        const int exponent = static_cast<int>(stream.below(2040)) - 1073;
        const double sign = stream.below(2) == 0 ? 1.0 : -1.0;
        terms.push_back(sign * std::ldexp(1.0 + stream.uniform(), exponent));
    }
    return terms;
}

}  // namespace

TEST_CASE("the exact sum of nothing, and of zeros, is zero", "[stats]") {
    CHECK(sum_of({}) == 0.0);
    CHECK(sum_of({0.0, -0.0}) == 0.0);
    CHECK_FALSE(std::signbit(sum_of({-0.0, -0.0})));
}

TEST_CASE("the exact sum of one term is that term", "[stats]") {
    for (const double term :
         {1.0, -1.0, 0.1, 1e308, -1e308, 5e-324, -5e-324, 2.5e-310,
          std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
          std::numeric_limits<double>::min()}) {
        CHECK(sum_of({term}) == term);
    }
}

TEST_CASE("cancellation loses nothing", "[stats]") {
    CHECK(sum_of({1e308, 1.0, -1e308}) == 1.0);
    CHECK(sum_of({1e308, 1e308, 5e-324, -1e308, -1e308}) == 5e-324);
    CHECK(sum_of({0.1, 0.2, 0.3, -0.1, -0.2, -0.3}) == 0.0);
    CHECK(sum_of({-1.0, 5e-324, 1.0}) == 5e-324);
}

TEST_CASE("partial sums may exceed a double when the total does not", "[stats]") {
    const double largest = std::numeric_limits<double>::max();
    CHECK(sum_of({largest, largest, largest, -largest, -largest}) == largest);
    CHECK(sum_of({largest, largest}) == std::numeric_limits<double>::infinity());
    CHECK(sum_of({-largest, -largest}) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("subnormal terms add up to normal ones", "[stats]") {
    const double smallest = std::numeric_limits<double>::denorm_min();
    const double normal = std::numeric_limits<double>::min();
    CHECK(sum_of({normal, -smallest}) == normal - smallest);
    CHECK(sum_of({normal - smallest, smallest}) == normal);
    CHECK(sum_of({3 * smallest, -5 * smallest}) == -2 * smallest);
}

TEST_CASE("the exact sum is rounded once, to nearest, ties to even", "[stats]") {
    const double ulp = 0x1p-52;
    CHECK(sum_of({1.0, ulp / 2}) == 1.0);
    CHECK(sum_of({1.0 + ulp, ulp / 2}) == 1.0 + 2 * ulp);
    CHECK(sum_of({1.0, ulp / 2, 5e-324}) == 1.0 + ulp);
    CHECK(sum_of({1.0 + ulp, ulp / 2, -5e-324}) == 1.0 + ulp);
    CHECK(sum_of({-1.0, -ulp / 2, -1e-300}) == -1.0 - ulp);
    CHECK(sum_of({2.0 - ulp, ulp / 2}) == 2.0);  // rounding up reaches the next power of two
    // 0.1 ten times: the doubles nearest to 0.1 add up to a little more than 1, which rounds to 1.
    CHECK(sum_of(std::vector<double>(10, 0.1)) == 1.0);
}

TEST_CASE("two terms give the machine's own rounded sum", "[stats]") {
    Stream stream(2);
    for (int round = 0; round < 20000; ++round) {
        const double first = std::ldexp(stream.uniform() - 0.5, static_cast<int>(stream.below(80)));
        const double second =
            std::ldexp(stream.uniform() - 0.5, static_cast<int>(stream.below(80)));
        REQUIRE(sum_of({first, second}) == first + second);
    }
}

TEST_CASE("order and grouping do not move a bit of the sum", "[stats]") {
    Stream stream(1);
    std::vector<double> terms = wild_terms(2000, stream);
    const double expected = sum_of(terms);
    for (int round = 0; round < 20; ++round) {
        shuffle(terms, stream);
        REQUIRE(sum_of(terms) == expected);
        const std::size_t cut = stream.below(terms.size());
        ExactSum left;
        ExactSum right;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            (i < cut ? left : right).add(terms[i]);
        }
        ExactSum reversed = right;
        left.merge(right);
        REQUIRE(left.value() == expected);
        ExactSum first;
        for (std::size_t i = 0; i < cut; ++i) {
            first.add(terms[i]);
        }
        reversed.merge(first);
        REQUIRE(reversed.value() == expected);
    }
}

TEST_CASE("merging with an empty sum changes nothing", "[stats]") {
    ExactSum sum;
    sum.add(-0.1);
    sum.merge(ExactSum());
    CHECK(sum.value() == -0.1);
    ExactSum empty;
    empty.merge(sum);
    CHECK(empty.value() == -0.1);
}

TEST_CASE("merging many times does not overflow a chunk", "[stats]") {
    ExactSum sum;
    sum.add(-1.75);
    for (int doubling = 0; doubling < 200; ++doubling) {
        const ExactSum copy = sum;
        sum.merge(copy);
    }
    CHECK(sum.value() == std::ldexp(-1.75, 200));
}
