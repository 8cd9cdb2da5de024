#include "stats/ordering.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

Groups visited(const std::vector<double>& values, ByValue order) {
    Groups groups;
    visit_by_value(values, order, [&](std::span<const std::uint32_t> tied) {
        groups.emplace_back(tied.begin(), tied.end());
    });
    return groups;
}

Groups expected(const std::vector<double>& values, ByValue order) {
    std::vector<std::uint32_t> rows(values.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        rows[i] = i;
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        return order == ByValue::ascending ? values[a] < values[b] : values[a] > values[b];
    });
    Groups groups;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i == 0 || values[rows[i]] != values[rows[i - 1]]) {
            groups.emplace_back();
        }
        groups.back().push_back(rows[i]);
    }
    return groups;
}

// Compared as a whole: hundreds of thousands of groups are too many for a CHECK each.
void check_groups(const std::vector<double>& values) {
    for (const ByValue order : {ByValue::ascending, ByValue::descending}) {
        const bool same = visited(values, order) == expected(values, order);
        CHECK(same);
    }
}

}  // namespace

TEST_CASE("each different value is visited once, in order, with its positions", "[stats]") {
    const std::vector<double> values = {2.0, -1.0, 2.0, 0.5};
    CHECK(visited(values, ByValue::ascending) == Groups{{1}, {3}, {0, 2}});
    CHECK(visited(values, ByValue::descending) == Groups{{0, 2}, {3}, {1}});
    CHECK(visited({}, ByValue::ascending).empty());
}

TEST_CASE("values of any size and distribution are visited in order", "[stats]") {
    Stream stream(9);
    for (const std::size_t n : {1UL, 2UL, 1023UL, 1024UL, 5000UL, 8191UL, 8192UL, 300'000UL}) {
        CAPTURE(n);
        std::vector<double> close;
        std::vector<double> wild;
        std::vector<double> tied;
        std::vector<double> half_tied;
        std::vector<double> rising;
        for (std::size_t i = 0; i < n; ++i) {
            close.push_back(stream.uniform());
            wild.push_back(std::ldexp(stream.uniform() - 0.5, int(stream.below(2000)) - 1000));
            tied.push_back(static_cast<double>(stream.below(3)) - 1.0);
            half_tied.push_back(stream.below(2) == 0 ? 0.25 : stream.uniform());
            rising.push_back(static_cast<double>(i));
        }
        check_groups(close);
        check_groups(wild);
        check_groups(tied);
        check_groups(half_tied);
        check_groups(rising);
        check_groups(std::vector<double>(n, 0.25));
    }
}

TEST_CASE("zeros of both signs are equal and infinities stand at the ends", "[stats]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const std::size_t copies : {1UL, 400UL, 4000UL}) {
        std::vector<double> values;
        for (std::size_t i = 0; i < copies; ++i) {
            values.insert(values.end(), {0.0, -0.0, infinity, -infinity, 5e-324, -5e-324});
        }
        check_groups(values);
    }
}

TEST_CASE("a NaN is a group of its own beyond the infinity", "[stats]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> values = {1.0, std::abs(nan), infinity};
    CHECK(visited(values, ByValue::ascending) == Groups{{0}, {2}, {1}});
    CHECK(visited(values, ByValue::descending) == Groups{{1}, {2}, {0}});
    values = std::vector<double>(20'000, std::abs(nan));
    CHECK(visited(values, ByValue::ascending).size() == 1);
    CHECK(visited(values, ByValue::descending).size() == 1);
}
