// Values of MongoDB's E-divisive: signal-processing-algorithms 2.1.6, _calculate_t_stats; of PELT:
// ruptures 1.1.9, Pelt(model="l2", jump=1) of values over sigma, with the same penalty.
#include "stats/change_points.h"

#include <cmath>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

#include "stats/random.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace metricgate::stats;
using metricgate::test::data_folder;

namespace {

std::vector<double> series(const char* name) {
    std::ifstream file(data_folder() + "/data/change_points/series.json");
    return nlohmann::json::parse(file).at(name).get<std::vector<double>>();
}

std::vector<std::size_t> positions(const std::optional<std::vector<ChangePoint>>& changes) {
    std::vector<std::size_t> at;
    for (const ChangePoint& change : changes.value()) {
        at.push_back(change.at);
    }
    return at;
}

std::vector<std::size_t> pelt_at(const std::vector<double>& values, double penalty,
                                 std::size_t least) {
    return positions(pelt(values, {.penalty = penalty, .least_segment = least, .sigma = {}}));
}

std::vector<std::size_t> divisive_at(const std::vector<double>& values,
                                     const EDivisiveSettings& settings = {}) {
    return positions(e_divisive(values, settings));
}

/// Zero, then one, with a little noise that is the same everywhere.
std::vector<double> step(std::size_t before, std::size_t after, double height) {
    Stream stream(7);
    std::vector<double> values;
    for (std::size_t i = 0; i < before + after; ++i) {
        values.push_back(stream.uniform() + (i < before ? 0.0 : height));
    }
    return values;
}

using Positions = std::vector<std::size_t>;

}  // namespace

TEST_CASE("energy statistics are those of MongoDB's implementation", "[stats]") {
    const std::vector<double> small = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    const std::vector<double> wanted = {0.0,
                                        1.3555555555555556,
                                        3.0500000000000003,
                                        2.3714285714285723,
                                        5.633333333333331,
                                        3.3999999999999995,
                                        1.1333333333333313,
                                        2.371428571428572,
                                        1.05,
                                        1.3555555555555556};
    const std::vector<double> energies = energy_of_splits(small);
    REQUIRE(energies.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CHECK_THAT(energies[i], WithinAbs(wanted[i], 1e-12));
    }
    const std::vector<double> robust = energy_of_splits(series("mongodb_robust"));
    CHECK_THAT(robust[1], WithinRel(1742.9228180881908, 1e-9));
    CHECK_THAT(robust[50], WithinRel(4068.841968125163, 1e-9));
    CHECK_THAT(robust[114], WithinRel(76043.36162048434, 1e-9));
    CHECK_THAT(robust[172], WithinRel(2237.52378067918, 1e-9));
    const std::vector<double> quality = energy_of_splits(series("quality_control_2"));
    CHECK_THAT(quality[98], WithinRel(73.81720581322625, 1e-11));
    CHECK_THAT(quality[282], WithinRel(0.6071953211564587, 1e-9));
}

TEST_CASE("E-divisive finds the changes that MongoDB's finds, and none in its stable series",
          "[stats]") {
    // e_divisive(series, pvalue=0.05, permutations=100) gives [114, 69, 25, 64] and [].
    const EDivisiveSettings as_there = {
        .level = 0.05, .permutations = 199, .least_segment = 1, .seed = 0};
    CHECK(divisive_at(series("mongodb_robust"), as_there) == Positions{25, 64, 69, 114});
    CHECK(divisive_at(series("mongodb_real"), as_there).empty());
    CHECK(divisive_at(series("mongodb_robust")) == Positions{25, 64, 69, 114});
}

TEST_CASE("PELT finds the segmentations of ruptures", "[stats]") {
    CHECK(pelt_at(series("well_log"), 3.0, 2) == Positions{2,   4,   173, 179, 202, 204, 238,
                                                           240, 255, 281, 311, 343, 402, 412,
                                                           422, 432, 462, 464, 658, 661});
    CHECK(pelt_at(series("well_log"), 5.0, 5) == Positions{173, 179, 199, 204, 235, 240, 255, 281,
                                                           311, 343, 402, 412, 422, 432, 462, 467,
                                                           657, 662});
    CHECK(pelt_at(series("quality_control_1"), 3.0, 2) == Positions{98, 144, 206});
    CHECK(pelt_at(series("quality_control_1"), 5.0, 5) == Positions{144, 206});
    CHECK(pelt_at(series("ozone"), 5.0, 5) == Positions{7, 12, 25, 31, 36, 44});
    CHECK(pelt_at(series("rail_lines"), 3.0, 2) == Positions{4, 7, 10, 26, 31});
    CHECK(pelt_at(series("lga_passengers"), 5.0, 5) ==
          Positions{14, 87, 111, 164, 254, 278, 296, 302, 327, 380, 398, 423, 459});
}

TEST_CASE("a step is found where it is, with what it explains", "[stats]") {
    const std::vector<double> values = step(30, 20, 2.0);
    const auto divided = e_divisive(values, {});
    REQUIRE(divided->size() == 1);
    CHECK(divided->front().at == 30);
    CHECK(divided->front().p == 1.0 / 2000.0);
    CHECK(divided->front().statistic == energy_of_splits(values)[30]);
    const auto segmented = pelt(values, {});
    REQUIRE(segmented->size() == 1);
    CHECK(segmented->front().at == 30);
    CHECK_FALSE(segmented->front().p);
}

TEST_CASE("too few values, constant values and ties alone are no change", "[stats]") {
    for (const std::vector<double>& values :
         {std::vector<double>{},
          {5.0},
          {5.0, 6.0},
          {5.0, 6.0, 50.0},
          std::vector<double>(40, 0.1),
          {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}}) {
        CHECK(divisive_at(values).empty());
        CHECK(divisive_at(values, {.least_segment = 1}).empty());
        CHECK(pelt_at(values, 5.0, 5).empty());
    }
    CHECK(pelt_at(std::vector<double>(40, 0.1), 5.0, 1).empty());
}

TEST_CASE("two levels without any noise are told apart", "[stats]") {
    std::vector<double> values(25, 0.9);
    values.resize(50, 0.8);
    CHECK(divisive_at(values) == Positions{25});
    CHECK(pelt_at(values, 5.0, 5) == Positions{25});
}

TEST_CASE("a value that is no number is refused, wherever it stands", "[stats]") {
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        for (const std::size_t at : {0U, 20U, 39U}) {
            std::vector<double> values = step(20, 20, 3.0);
            values[at] = bad;
            CHECK_FALSE(e_divisive(values, {}));
            CHECK_FALSE(pelt(values, {}));
        }
    }
}

TEST_CASE("changes depend neither on unit nor on offset", "[stats]") {
    const std::vector<double> values = step(40, 25, 1.0);
    for (const double factor : {1e-300, 1.0, -3.0, 1e300}) {
        for (const double offset : {0.0, 1e6}) {
            std::vector<double> moved;
            for (const double value : values) {
                moved.push_back((value + offset) * factor);
            }
            CHECK(divisive_at(moved) == divisive_at(values));
            CHECK(pelt_at(moved, 5.0, 5) == pelt_at(values, 5.0, 5));
        }
    }
}

TEST_CASE("segments are as long as asked for, and the seed decides alone", "[stats]") {
    const std::vector<double> values = step(3, 40, 20.0);
    CHECK(divisive_at(values, {.least_segment = 3}) == Positions{3});
    for (const std::size_t at : divisive_at(values)) {
        CHECK(at >= 5);
    }
    for (const std::size_t at : pelt_at(values, 5.0, 5)) {
        CHECK(at >= 5);
    }
    CHECK(e_divisive(values, {.seed = 3}) == e_divisive(values, {.seed = 3}));
}

TEST_CASE("a series that never changed is split no more often than the level says", "[stats]") {
    // 300 series of 40 uniform values at 5 %: 15 expected, 26 is three standard deviations more.
    int split = 0;
    for (std::uint64_t series = 0; series < 300; ++series) {
        Stream stream = Stream::of_unit(1, series);
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) {
            values.push_back(stream.uniform());
        }
        split += divisive_at(values, {.level = 0.05, .permutations = 199}).empty() ? 0 : 1;
    }
    CHECK(split <= 26);
    CHECK(split >= 4);
}
