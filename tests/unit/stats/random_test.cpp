#include "stats/random.h"

#include <array>
#include <cmath>
#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

namespace {

constexpr std::size_t units = 2000;
constexpr std::size_t replicates = 1000;

std::vector<std::uint8_t> weight_matrix(std::uint64_t seed) {
    std::vector<std::uint8_t> weights(units * replicates);
    for (std::size_t unit = 0; unit < units; ++unit) {
        unit_weights(seed, unit, 0, std::span(weights).subspan(unit * replicates, replicates));
    }
    return weights;
}

// Sum of (w - 1)(w' - 1) over pairs, in standard deviations: weights have mean 1 and variance 1.
double correlation(const std::vector<std::uint8_t>& weights, std::size_t unit_step,
                   std::size_t replicate_step) {
    double sum = 0.0;
    double pairs = 0.0;
    for (std::size_t unit = 0; unit + unit_step < units; ++unit) {
        for (std::size_t r = 0; r + replicate_step < replicates; ++r) {
            const double left = weights[unit * replicates + r];
            const double right = weights[(unit + unit_step) * replicates + r + replicate_step];
            sum += (left - 1.0) * (right - 1.0);
            pairs += 1.0;
        }
    }
    return sum / std::sqrt(pairs);
}

}  // namespace

TEST_CASE("the stream is SplitMix64 as published", "[stats]") {
    Stream stream(1234567);
    for (const std::uint64_t expected :
         {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
          4593380528125082431ULL, 16408922859458223821ULL}) {
        CHECK(stream.next() == expected);
    }
}

TEST_CASE("uniform numbers stay inside the open unit interval", "[stats]") {
    Stream stream(7);
    double sum = 0.0;
    double squares = 0.0;
    constexpr int count = 100000;
    for (int i = 0; i < count; ++i) {
        const double u = stream.uniform();
        REQUIRE((u > 0.0 && u < 1.0));
        sum += u;
        squares += u * u;
    }
    CHECK_THAT(sum / count, WithinAbs(0.5, 4 * std::sqrt(1.0 / 12 / count)));
    CHECK_THAT(squares / count, WithinAbs(1.0 / 3, 4 * std::sqrt(4.0 / 45 / count)));
}

TEST_CASE("bounded integers are below their bound and even", "[stats]") {
    Stream stream(8);
    CHECK(stream.below(1) == 0);
    std::array<double, 7> counts{};
    constexpr int count = 70000;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t value = stream.below(7);
        REQUIRE(value < 7);
        counts[value] += 1.0;
    }
    double chi_square = 0.0;
    for (const double seen : counts) {
        chi_square += (seen - 10000.0) * (seen - 10000.0) / 10000.0;
    }
    CHECK(chi_square < 6 + 4 * std::sqrt(12.0));
    // Three quarters of 2^64: a remainder would favour the lower third two to one.
    const std::uint64_t bound = 3ULL << 62;
    int low = 0;
    for (int i = 0; i < 30000; ++i) {
        low += stream.below(bound) < bound / 3 ? 1 : 0;
    }
    CHECK_THAT(low / 30000.0, WithinAbs(1.0 / 3, 4 * std::sqrt(2.0 / 9 / 30000)));
}

TEST_CASE("the bytes of weights have mean exactly 1 and variance exactly 1", "[stats]") {
    // Weights of a byte, found by the stream's own outputs.
    constexpr std::uint64_t seed = 3;
    std::array<int, 256> weight_of_byte{};
    weight_of_byte.fill(-1);
    for (std::uint64_t unit = 0; unit < 4000; ++unit) {
        std::array<std::uint8_t, 8> weights{};
        unit_weights(seed, unit, 0, weights);
        const std::uint64_t output = Stream::of_unit(seed, unit).next();
        for (std::size_t byte = 0; byte < 8; ++byte) {
            int& known = weight_of_byte[(output >> (8 * byte)) & 0xff];
            REQUIRE((known == -1 || known == weights[byte]));
            known = weights[byte];
        }
    }
    std::array<int, 6> counts{};
    int sum = 0;
    int squares = 0;
    for (const int weight : weight_of_byte) {
        REQUIRE((weight >= 0 && weight <= 5));
        ++counts[static_cast<std::size_t>(weight)];
        sum += weight;
        squares += weight * weight;
    }
    CHECK(counts == std::array<int, 6>{94, 95, 46, 16, 4, 1});
    CHECK(sum == 256);
    CHECK(squares == 512);
}

TEST_CASE("weight r of a unit depends on seed, unit and r alone", "[stats]") {
    std::array<std::uint8_t, 64> all{};
    unit_weights(11, 12, 0, all);
    for (std::size_t first = 0; first < all.size(); first += 8) {
        for (std::size_t count = 0; first + count <= all.size(); ++count) {
            std::vector<std::uint8_t> part(count);
            unit_weights(11, 12, first, part);
            REQUIRE(std::equal(part.begin(), part.end(), all.begin() + static_cast<long>(first)));
        }
    }
    std::array<std::uint8_t, 64> other{};
    unit_weights(12, 11, 0, other);
    CHECK(all != other);
}

TEST_CASE("weights of neighbouring units, replicates and seeds are uncorrelated", "[stats]") {
    const std::vector<std::uint8_t> weights = weight_matrix(0);
    double sum = 0.0;
    double squares = 0.0;
    for (const std::uint8_t weight : weights) {
        sum += weight - 1.0;
        squares += (weight - 1.0) * (weight - 1.0);
    }
    const auto count = static_cast<double>(weights.size());
    CHECK(std::fabs(sum) / std::sqrt(count) < 4.0);
    // (w - 1)^2 has mean 1, and (w - 1)^4 mean 976/256.
    CHECK(std::fabs(squares - count) / std::sqrt(count * (976.0 / 256 - 1)) < 4.0);
    for (const auto& [unit_step, replicate_step] : {std::pair<std::size_t, std::size_t>{0, 1},
                                                    {0, 7},
                                                    {0, 8},
                                                    {1, 0},
                                                    {2, 0},
                                                    {1, 1},
                                                    {1, 8},
                                                    {256, 0},
                                                    {64, 64}}) {
        INFO("unit + " << unit_step << ", replicate + " << replicate_step);
        CHECK(std::fabs(correlation(weights, unit_step, replicate_step)) < 4.0);
    }
    const std::vector<std::uint8_t> next_seed = weight_matrix(1);
    double product = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        product += (weights[i] - 1.0) * (next_seed[i] - 1.0);
    }
    CHECK(std::fabs(product) / std::sqrt(count) < 4.0);
}

// A change of any of these moves every interval that was ever drawn with this generator.
TEST_CASE("frozen vectors of unit streams and weights", "[stats]") {
    Stream stream = Stream::of_unit(42, 0x0123456789abcdefULL);
    CHECK(stream.next() == 6154806759574750697ULL);
    CHECK(stream.next() == 142505324808356742ULL);
    Stream zero = Stream::of_unit(0, 0);
    CHECK(zero.next() == 6235967106033911276ULL);
    std::array<std::uint8_t, 16> weights{};
    unit_weights(42, 0x0123456789abcdefULL, 1000, weights);
    CHECK(weights == std::array<std::uint8_t, 16>{1, 1, 3, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 2, 1, 0});
}
