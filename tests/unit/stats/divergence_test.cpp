// Values: tests/reference/drift.json (reference_drift.cpp); here what the distances promise.
#include "stats/divergence.h"

#include <cmath>
#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

namespace {

using Counts = std::vector<std::uint64_t>;
const Counts even{50, 50};
const Counts one_sided{100, 0};

}  // namespace

TEST_CASE("an empty bin makes PSI depend on the rule that stands in for it", "[stats]") {
    CHECK(std::isinf(population_stability_index(even, one_sided, {EmptyBins::floor, 0.0})));
    CHECK_THAT(population_stability_index(even, one_sided, {EmptyBins::floor, 1e-4}),
               WithinAbs(0.5 * std::log(2.0) + (0.5 - 1e-4) * std::log(0.5 / 1e-4), 1e-12));
    CHECK_THAT(population_stability_index(even, one_sided, {EmptyBins::add_share, 0.1}),
               WithinAbs(0.5 * std::log(1.1 / 0.6) + 0.5 * std::log(0.6 / 0.1), 1e-12));
    CHECK_THAT(
        population_stability_index(even, one_sided, {EmptyBins::add_count, 1.0}),
        WithinAbs(50.0 / 102.0 * std::log(101.0 / 51.0) + 50.0 / 102.0 * std::log(51.0), 1e-12));
}

TEST_CASE("only Kullback-Leibler minds which sample is the baseline", "[stats]") {
    const Counts first{10, 20, 70};
    const Counts second{30, 30, 40};
    CHECK(jensen_shannon_divergence(first, second) == jensen_shannon_divergence(second, first));
    CHECK(hellinger(first, second) == hellinger(second, first));
    CHECK(total_variation(first, second) == total_variation(second, first));
    CHECK(kullback_leibler(first, second) != kullback_leibler(second, first));
}

TEST_CASE("disjoint samples are at distance 1, whatever their sizes", "[stats]") {
    const Counts left{7, 0, 0};
    const Counts right{0, 900, 3};
    CHECK(jensen_shannon_distance(left, right) == 1.0);
    CHECK(total_variation(left, right) == 1.0);
    CHECK(hellinger(left, right) == 1.0);
    CHECK_THAT(chi_square_homogeneity(left, right).cramers_v, WithinAbs(1.0, 1e-15));
    CHECK(std::isinf(kullback_leibler(right, left)));
}

TEST_CASE("one occupied bin says nothing: no distance, no degree of freedom, p of 1", "[stats]") {
    const Homogeneity test = chi_square_homogeneity(Counts{0, 10}, Counts{0, 3});
    CHECK(test.statistic == 0.0);
    CHECK(test.degrees_of_freedom == 0);
    CHECK(test.p == 1.0);
    CHECK(test.cramers_v == 0.0);
}
