#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

struct Setting {
    std::uint64_t n;
    double p;
};

const std::vector<Setting> settings{{1, 0.3},
                                    {5, 0.5},
                                    {20, 0.4},
                                    {20, 0.5},
                                    {25, 0.4},
                                    {30, 0.9},
                                    {100, 0.02},
                                    {100, 0.1},
                                    {100, 0.99},
                                    {1000, 0.0005},
                                    {1000, 0.3},
                                    {1000, 0.999},
                                    {1'000'000, 1e-6},
                                    {1'000'000, 1e-5},
                                    {1'000'000, 0.5},
                                    {1'000'000, 0.99999},
                                    {1'000'000'000, 3e-9},
                                    {1'000'000'000, 2e-8},
                                    {1'000'000'000, 0.25}};

// Chi-square of draws against the distribution function, in cells of roughly equal probability,
// standardised to mean 0 and variance 1.
double standardised_chi_square(const Setting& setting, const std::vector<std::uint64_t>& draws) {
    const double mean = static_cast<double>(setting.n) * setting.p;
    const double sd = std::sqrt(mean * (1.0 - setting.p));
    std::vector<std::uint64_t> upper_ends;
    for (double z = -2.5; z <= 2.5; z += 0.25) {
        const double end = std::floor(mean + z * sd);
        if (end >= 0 && end < static_cast<double>(setting.n) &&
            (upper_ends.empty() || static_cast<std::uint64_t>(end) > upper_ends.back())) {
            upper_ends.push_back(static_cast<std::uint64_t>(end));
        }
    }
    upper_ends.push_back(setting.n);
    std::vector<double> seen(upper_ends.size(), 0.0);
    for (const std::uint64_t draw : draws) {
        const auto cell = std::lower_bound(upper_ends.begin(), upper_ends.end(), draw);
        seen[static_cast<std::size_t>(cell - upper_ends.begin())] += 1.0;
    }
    double chi_square = 0.0;
    double cells = 0.0;
    double below = 0.0;
    for (std::size_t i = 0; i < upper_ends.size(); ++i) {
        const double reached = binomial_cdf(upper_ends[i], setting.n, setting.p);
        const double expected = (reached - below) * static_cast<double>(draws.size());
        below = reached;
        if (expected >= 5.0) {
            chi_square += (seen[i] - expected) * (seen[i] - expected) / expected;
            cells += 1.0;
        }
    }
    const double degrees = std::max(1.0, cells - 1.0);
    return (chi_square - degrees) / std::sqrt(2.0 * degrees);
}

}  // namespace

TEST_CASE("binomial draws have the binomial mean, variance and distribution", "[stats]") {
    constexpr std::size_t count = 20000;
    Stream stream(99);
    for (const Setting& setting : settings) {
        INFO("n " << setting.n << ", p " << setting.p);
        std::vector<std::uint64_t> draws(count);
        const double mean = static_cast<double>(setting.n) * setting.p;
        const double variance = mean * (1.0 - setting.p);
        double sum = 0.0;
        double squares = 0.0;
        for (std::uint64_t& draw : draws) {
            draw = binomial(stream, setting.n, setting.p);
            REQUIRE(draw <= setting.n);
            const double deviation = static_cast<double>(draw) - mean;
            sum += deviation;
            squares += deviation * deviation;
        }
        CHECK(std::fabs(sum) < 4.0 * std::sqrt(variance * count));
        // Var((X - np)^2) = v^2 (2 + (1 - 6 p q)/v).
        const double of_square =
            variance * variance * 2.0 + variance * (1.0 - 6.0 * setting.p * (1.0 - setting.p));
        CHECK(std::fabs(squares - variance * count) < 4.0 * std::sqrt(of_square * count) + 1e-6);
        CHECK(standardised_chi_square(setting, draws) < 4.0);
    }
}

TEST_CASE("binomial draws at p exactly 0 and 1 and without trials are certain", "[stats]") {
    Stream stream(1);
    CHECK(binomial(stream, 1000, 0.0) == 0);
    CHECK(binomial(stream, 1000, 1.0) == 1000);
    CHECK(binomial(stream, 0, 0.5) == 0);
    CHECK(binomial(stream, 1'000'000'000, 5e-324) == 0);
}

TEST_CASE("multinomial draws add up and never enter an empty cell", "[stats]") {
    Stream stream(5);
    const std::vector<std::uint64_t> counts{0, 700, 0, 200, 99, 1, 0};
    std::vector<std::uint64_t> out(counts.size());
    std::vector<double> sums(counts.size(), 0.0);
    constexpr int rounds = 5000;
    for (int round = 0; round < rounds; ++round) {
        multinomial(stream, counts, out);
        REQUIRE(std::accumulate(out.begin(), out.end(), std::uint64_t{0}) == 1000);
        for (std::size_t i = 0; i < out.size(); ++i) {
            REQUIRE((counts[i] > 0 || out[i] == 0));
            sums[i] += static_cast<double>(out[i]);
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = static_cast<double>(counts[i]);
        const double sd = std::sqrt(count * (1.0 - count / 1000) * rounds);
        CHECK(std::fabs(sums[i] - count * rounds) <= 4.0 * sd);
    }
}

TEST_CASE("multinomial draws from real masses add up to the draws asked for", "[stats]") {
    Stream stream(6);
    const std::vector<double> masses{0.5, 0.0, 30.5, 0.1, 68.9, 0.0};
    std::vector<std::uint64_t> out(masses.size());
    std::vector<double> sums(masses.size(), 0.0);
    constexpr int rounds = 5000;
    for (int round = 0; round < rounds; ++round) {
        multinomial(stream, masses, 100.0, 100, out);
        REQUIRE(std::accumulate(out.begin(), out.end(), std::uint64_t{0}) == 100);
        REQUIRE(out[1] == 0);
        REQUIRE(out[5] == 0);
        for (std::size_t i = 0; i < out.size(); ++i) {
            sums[i] += static_cast<double>(out[i]);
        }
    }
    for (std::size_t i = 0; i < masses.size(); ++i) {
        const double sd = std::sqrt(masses[i] * (1.0 - masses[i] / 100) * rounds);
        CHECK(std::fabs(sums[i] - masses[i] * rounds) <= 4.0 * sd);
    }
}

TEST_CASE("a multinomial with one occupied cell, or without any, is certain", "[stats]") {
    Stream stream(7);
    std::vector<std::uint64_t> out(3, 9);
    multinomial(stream, std::vector<std::uint64_t>{0, 12, 0}, out);
    CHECK(out == std::vector<std::uint64_t>{0, 12, 0});
    multinomial(stream, std::vector<std::uint64_t>{0, 0, 0}, out);
    CHECK(out == std::vector<std::uint64_t>{0, 0, 0});
    multinomial(stream, std::vector<double>{0.0, 0.0, 2.5}, 2.5, 7, out);
    CHECK(out == std::vector<std::uint64_t>{0, 0, 7});
}

// A change of any of these moves every interval that was ever drawn with this generator.
TEST_CASE("frozen draws of the binomial by inversion and by rejection", "[stats]") {
    Stream stream(2024);
    std::vector<std::uint64_t> drawn;
    for (const Setting& setting : settings) {
        drawn.push_back(binomial(stream, setting.n, setting.p));
    }
    CHECK(drawn == std::vector<std::uint64_t>{0, 1, 7, 10, 11, 27, 2, 12, 99, 3, 293, 999, 1, 12,
                                              499918, 999986, 2, 28, 249986561});
}
