#include "stats/ordering.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

void check_order(const std::vector<double>& values) {
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> scratch;
    order_ascending(values, order, scratch);
    std::vector<std::uint32_t> expected(values.size());
    for (std::uint32_t i = 0; i < expected.size(); ++i) {
        expected[i] = i;
    }
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
    CHECK(order == expected);
}

}  // namespace

TEST_CASE("positions are sorted by value, then by position", "[stats]") {
    Stream stream(9);
    for (const std::size_t n : {0UL, 1UL, 2UL, 1023UL, 1024UL, 5000UL}) {
        std::vector<double> close;
        std::vector<double> wild;
        std::vector<double> tied;
        for (std::size_t i = 0; i < n; ++i) {
            close.push_back(stream.uniform());
            wild.push_back(std::ldexp(stream.uniform() - 0.5, int(stream.below(2000)) - 1000));
            tied.push_back(static_cast<double>(stream.below(3)) - 1.0);
        }
        check_order(close);
        check_order(wild);
        check_order(tied);
        check_order(std::vector<double>(n, 0.25));
    }
}

TEST_CASE("zeros of both signs are equal and infinities stand at the ends", "[stats]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const std::size_t copies : {1UL, 400UL}) {
        std::vector<double> values;
        for (std::size_t i = 0; i < copies; ++i) {
            values.insert(values.end(), {0.0, -0.0, infinity, -infinity, 5e-324, -5e-324});
        }
        check_order(values);
    }
}
