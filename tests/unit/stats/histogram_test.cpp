#include "stats/histogram.h"

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("bins hold equal shares of the sample that their edges come from", "[stats]") {
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<double> edges = quantile_edges(values, 4);
    CHECK(edges == std::vector<double>{2.75, 4.5, 6.25});
    CHECK(count_in_bins(values, edges, Closed::right) == std::vector<std::uint64_t>{2, 2, 2, 2});
}

TEST_CASE("equal edges are merged, down to one for a constant", "[stats]") {
    CHECK(quantile_edges(std::vector<double>{0, 0, 0, 1}, 4) == std::vector<double>{0, 0.25});
    CHECK(quantile_edges(std::vector<double>{5, 5, 5}, 10) == std::vector<double>{5});
    CHECK(quantile_edges(std::vector<double>{5}, 10) == std::vector<double>{5});
}

TEST_CASE("a value on an edge falls to the side that the bins are closed on", "[stats]") {
    const std::vector<double> edges{1, 2};
    const std::vector<double> values{1, 1, 2};
    CHECK(count_in_bins(values, edges, Closed::right) == std::vector<std::uint64_t>{2, 1, 0});
    CHECK(count_in_bins(values, edges, Closed::left) == std::vector<std::uint64_t>{0, 2, 1});
}

TEST_CASE("values beyond the edges fall into the outer bins, none is lost", "[stats]") {
    const std::vector<double> edges{1, 2};
    CHECK(count_in_bins(std::vector<double>{-1e300, 1e300, 1.5}, edges, Closed::right) ==
          std::vector<std::uint64_t>{1, 1, 1});
}
