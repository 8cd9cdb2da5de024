#include "stats/drift_noise.h"

#include <vector>

#include "stats/distributions.h"
#include "stats/divergence.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

using Counts = std::vector<std::uint64_t>;

double psi(std::span<const std::uint64_t> expected, std::span<const std::uint64_t> actual) {
    return population_stability_index(expected, actual, {});
}

BinnedNoise noise_of(const Counts& expected, const Counts& actual) {
    return binned_noise(expected, actual, psi, 0.05, Stream::of_unit(0, 7));
}

}  // namespace

TEST_CASE("with large bins PSI without drift is a chi-square over the sample size", "[stats]") {
    const Counts even(10, 500);
    const BinnedNoise noise = noise_of(even, even);
    const double expected = psi_null_mean(10, 5000, 5000);
    CHECK_THAT(noise.mean, WithinRel(expected, 0.05));
    CHECK_THAT(noise.exceeded, WithinRel(expected / 9.0 * chi_square_exceeded(0.05, 9.0), 0.08));
}

TEST_CASE("with five examples a bin PSI is noisier than the chi-square says", "[stats]") {
    const Counts few(10, 5);
    CHECK(noise_of(few, few).mean > 1.1 * psi_null_mean(10, 50, 50));
}

TEST_CASE("undrifted samples exceed the noise level as often as it says", "[stats]") {
    // Rare categories, where no approximation holds.
    std::vector<double> shares;
    for (int rank = 1; rank <= 40; ++rank) {
        shares.push_back(1000.0 / (rank * rank));
    }
    double total = 0.0;
    for (const double share : shares) {
        total += share;
    }
    Stream stream = Stream::of_unit(1, 2);
    Counts expected(shares.size());
    Counts actual(shares.size());
    int beyond = 0;
    constexpr int trials = 200;
    for (int i = 0; i < trials; ++i) {
        multinomial(stream, shares, total, 500, expected);
        multinomial(stream, shares, total, 300, actual);
        beyond += psi(expected, actual) > noise_of(expected, actual).exceeded ? 1 : 0;
    }
    CHECK(beyond <= 0.05 * trials + 3.0 * 3.1);  // three standard deviations of the count
}

TEST_CASE("one occupied bin has no noise", "[stats]") {
    const BinnedNoise noise = noise_of({0, 20}, {0, 30});
    CHECK(noise.mean == 0.0);
    CHECK(noise.exceeded == 0.0);
}
