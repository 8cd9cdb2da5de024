// The patterns of tests/reference/spc.json are in reference_charts.cpp.
#include "stats/run_rules.h"

#include <limits>
#include <set>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("every rule has a name of its own", "[stats]") {
    std::set<std::string_view> names;
    for (const RunRule rule : run_rules()) {
        CHECK(names.insert(name_of(rule)).second);
    }
    CHECK(names.size() == 11);
}

TEST_CASE("a point inside the limits completes a pattern only where the last need not be one",
          "[stats]") {
    // Beyond two sigma, beyond, back: the third point is no news, but its window is.
    const std::vector<double> values = {2.5, 2.5, 0.0};
    const auto strict = find_pattern(RunRule::two_of_three_beyond_two, values, 0.0, 1.0);
    const auto loose = find_pattern(RunRule::two_of_three_beyond_two_any, values, 0.0, 1.0);
    CHECK(strict == std::vector<std::size_t>{1});
    CHECK(loose == std::vector<std::size_t>{1, 2});
}

TEST_CASE("points exactly at a multiple of sigma are not beyond it", "[stats]") {
    CHECK(find_pattern(RunRule::beyond_three_sigma, std::vector<double>{3.0, -3.0}, 0.0, 1.0)
              .empty());
}

TEST_CASE("at sigma 0 any point off the center is out, at an infinite sigma none is", "[stats]") {
    const std::vector<double> values = {1.0, 1.0 + 1e-12, 1.0};
    CHECK(find_pattern(RunRule::beyond_three_sigma, values, 1.0, 0.0) ==
          std::vector<std::size_t>{1});
    CHECK(find_pattern(RunRule::beyond_three_sigma, values, 0.0,
                       std::numeric_limits<double>::infinity())
              .empty());
}

TEST_CASE("equal values neither trend nor alternate, and lie on no side of their center",
          "[stats]") {
    const std::vector<double> values(30, 2.0);
    for (const RunRule rule : {RunRule::six_trending, RunRule::fourteen_alternating,
                               RunRule::eight_on_one_side, RunRule::nine_on_one_side}) {
        CHECK(find_pattern(rule, values, 2.0, 1.0).empty());
    }
    CHECK(find_pattern(RunRule::fifteen_within_one, values, 2.0, 1.0).size() == 16);
}

TEST_CASE("no values show no pattern", "[stats]") {
    for (const RunRule rule : run_rules()) {
        CHECK(find_pattern(rule, {}, 0.0, 1.0).empty());
    }
}
