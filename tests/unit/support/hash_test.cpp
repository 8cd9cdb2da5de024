#include "support/hash.h"

#include "support/catch.h"

using namespace metricgate::support;

// Known value of XXH3-64 of nothing under seed 0, as published with xxHash's test vectors.
TEST_CASE("the hash of nothing is xxHash's own", "[support]") {
    REQUIRE(hash64("") == 0x2d06800538d394c2ULL);
}

TEST_CASE("the hash depends on every byte and on the seed", "[support]") {
    REQUIRE(hash64("example-1") != hash64("example-2"));
    REQUIRE(hash64("example-1") != hash64("example-1", 1));
    REQUIRE(hash64(std::string_view("a\0", 2)) != hash64("a"));
}

// First outputs of the reference SplitMix64 for the start 1234567.
TEST_CASE("the SplitMix64 stream is the published one", "[support]") {
    constexpr std::uint64_t start = 1234567;
    REQUIRE(splitmix64(start + 1 * golden_gamma) == 6457827717110365317ULL);
    REQUIRE(splitmix64(start + 2 * golden_gamma) == 3203168211198807973ULL);
    REQUIRE(splitmix64(start + 3 * golden_gamma) == 9817491932198370423ULL);
}
