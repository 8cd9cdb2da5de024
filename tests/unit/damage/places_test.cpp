// The order in which examples are damaged.
#include <algorithm>

#include "damage/places.h"
#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;

TEST_CASE("places are even, follow the id and change with the seed", "[damage]") {
    const auto places = [](const std::vector<std::string>& ids, std::uint64_t seed) {
        evidence::Examples examples = test::ExamplesBuilder()
                                          .labels(std::vector<std::uint32_t>(ids.size(), 0))
                                          .ids(ids)
                                          .build();
        return damage::places_of(examples, seed);
    };
    const std::vector<double> forward = places({"a", "b", "c", "d", "e"}, 1);
    const std::vector<double> backward = places({"e", "d", "c", "b", "a"}, 1);
    CHECK(std::vector<double>(backward.rbegin(), backward.rend()) == forward);
    CHECK(places({"a", "b", "c", "d", "e"}, 2) != forward);
    std::vector<double> sorted = forward;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        CHECK_THAT(sorted[i], WithinAbs((static_cast<double>(i) + 0.5) / 5.0, 1e-15));
    }
}

TEST_CASE("without ids the position counts", "[damage]") {
    CHECK(damage::places_of(std::size_t{4}, 9) == damage::places_of(std::size_t{4}, 9));
    CHECK(damage::places_of(std::size_t{0}, 9).empty());
}
