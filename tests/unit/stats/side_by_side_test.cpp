#include "stats/side_by_side.h"

#include <array>
#include <limits>
#include <numeric>

#include "support/catch.h"

using namespace metricgate;

namespace {

constexpr std::array shares = {0.5, 0.95};

std::uint64_t sum(const std::vector<std::uint64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("edges are multiples of 1, 2 or 5 times a power of ten, as doubles print them",
          "[stats]") {
    CHECK(stats::plain_edges(0.0, 1.0, 10) ==
          std::vector<double>{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0});
    CHECK(stats::plain_edges(0.03, 0.91, 5) == std::vector<double>{0.0, 0.2, 0.4, 0.6, 0.8, 1.0});
    CHECK(stats::plain_edges(-7.0, 12.0, 4) == std::vector<double>{-10.0, 0.0, 10.0, 20.0});
    CHECK(stats::plain_edges(1100.0, 2900.0, 4) ==
          std::vector<double>{1000.0, 1500.0, 2000.0, 2500.0, 3000.0});
}

TEST_CASE("edges enclose their range, whatever it is", "[stats]") {
    for (const auto& [low, high] : std::vector<std::pair<double, double>>{{0.0, 0.0},
                                                                          {5.0, 5.0},
                                                                          {-3.0, -3.0},
                                                                          {1e-300, 1e-299},
                                                                          {1e15, 1e15 + 4.0},
                                                                          {-1.0, 1e-12},
                                                                          {0.1, 0.1000001},
                                                                          {-1e300, 1e300},
                                                                          {1e15, 1e15 + 0.125},
                                                                          {1.7e18, 1.7e18 + 256.0},
                                                                          {5e-324, 1e-323}}) {
        CAPTURE(low, high);
        for (const std::size_t bins : {2U, 7U, 30U}) {
            const auto edges = stats::plain_edges(low, high, bins);
            REQUIRE(edges.size() >= 2);
            CHECK(edges.size() <= bins + 1);
            CHECK(edges.front() <= low);
            CHECK(edges.back() >= high);
        }
    }
}

TEST_CASE("values beyond 1e300 count into the outer bins", "[stats]") {
    const double huge = std::numeric_limits<double>::max();
    const auto found = stats::side_by_side({-huge, 0.0, 1.0}, {huge}, 10, shares);
    CHECK(found.below);
    CHECK(found.above);
    CHECK(sum(found.first) == 3);
    CHECK(found.second.back() == 1);
}

TEST_CASE("both sides are counted in the same bins, and none is lost", "[stats]") {
    const auto found = stats::side_by_side({0.1, 0.2, 0.25}, {0.9, 0.1}, 5, shares);
    CHECK(found.edges.front() <= 0.1);
    CHECK(found.edges.back() >= 0.9);
    CHECK(sum(found.first) == 3);
    CHECK(sum(found.second) == 2);
    CHECK(found.first.size() + 1 == found.edges.size());
    CHECK(found.first_quantiles.front() == 0.2);
    CHECK_FALSE(found.below);
    CHECK_FALSE(found.above);
}

TEST_CASE("a few far values count into the outer bin instead of squeezing the rest", "[stats]") {
    std::vector<double> latencies(1000);
    for (std::size_t i = 0; i < latencies.size(); ++i) {
        latencies[i] = 10.0 + 0.01 * static_cast<double>(i);
    }
    latencies[7] = 5000.0;
    const auto found = stats::side_by_side(latencies, latencies, 30, shares);
    CHECK(found.above);
    CHECK_FALSE(found.below);
    CHECK(found.edges.back() < 25.0);
    CHECK(sum(found.first) == 1000);
}

TEST_CASE("a side without values has no counts", "[stats]") {
    const auto found = stats::side_by_side({}, {3.0}, 10, shares);
    CHECK(found.first.empty());
    CHECK(found.first_quantiles.empty());
    CHECK(sum(found.second) == 1);
    CHECK(found.second_quantiles == std::vector<double>{3.0, 3.0});
}
