#include "stats/shared_signs.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "support/catch.h"
#include "support/hash.h"

using namespace metricgate;
using stats::SignedAmounts;

namespace {

/// Ten units, three parts; the second and third share a cell, and unit 9 adds to two cells.
SignedAmounts overlapping() {
    SignedAmounts amounts;
    amounts.parts = 3;
    amounts.parts_of_cell = {{0}, {1}, {1, 2}};
    const std::vector<std::int64_t> own = {-3, -1, 2, -4, -2, -5, 1, -2, -6};
    for (std::uint32_t unit = 0; unit < own.size(); ++unit) {
        amounts.entries.push_back({unit, unit % 3, own[unit]});
    }
    amounts.entries.push_back({9, 1, 2});
    amounts.entries.push_back({9, 2, -7});
    for (std::uint32_t unit = 0; unit < 10; ++unit) {
        amounts.hashes.push_back(support::hash64("unit " + std::to_string(unit)));
    }
    return amounts;
}

/// The chance of a maximum of `observed` or more over all 2^10 choices of signs.
double enumerated(const SignedAmounts& amounts, const std::vector<double>& scales,
                  double observed) {
    std::size_t exceeding = 0;
    for (std::uint32_t signs = 0; signs < 1024; ++signs) {
        SignedAmounts flipped = amounts;
        for (auto& entry : flipped.entries) {
            entry.amount = ((signs >> entry.unit) & 1U) != 0U ? -entry.amount : entry.amount;
        }
        const auto sums = stats::sums_of_parts(flipped);
        double largest = 0.0;
        for (std::size_t part = 0; part < sums.size(); ++part) {
            largest = std::max(largest, stats::lost(sums[part], scales[part]));
        }
        exceeding += largest >= observed - 1e-12 ? 1U : 0U;
    }
    return static_cast<double>(exceeding) / 1024.0;
}

}  // namespace

TEST_CASE("an amount is added to every part of its cell", "[stats]") {
    const SignedAmounts amounts = overlapping();
    // Cells: -3-4+1 = -6; -1-2-2+2 = -3; 2-5-6-7 = -16.
    CHECK(stats::sums_of_parts(amounts) == std::vector<std::int64_t>{-6, -19, -16});
}

TEST_CASE("the scale of a part squares what each unit adds to it, over all its cells", "[stats]") {
    const std::vector<double> scales = stats::scales_of_parts(overlapping());
    CHECK_THAT(scales[0], WithinAbs(std::sqrt(9.0 + 16 + 1), 1e-12));
    // Unit 9 adds 2 - 7 = -5 to the second part.
    CHECK_THAT(scales[1], WithinAbs(std::sqrt(1.0 + 4 + 4 + 4 + 25 + 36 + 25), 1e-12));
    CHECK_THAT(scales[2], WithinAbs(std::sqrt(4.0 + 25 + 36 + 49), 1e-12));
}

TEST_CASE("p agrees with the enumeration of all choices of signs", "[stats]") {
    const SignedAmounts amounts = overlapping();
    const auto scales = stats::scales_of_parts(amounts);
    const stats::SearchNull null(amounts, scales, 7, 0.95);
    for (const double observed : {0.9, 1.3, 1.7, 1.9}) {
        const double exact = enumerated(amounts, scales, observed);
        // Four standard deviations of 3,999 draws.
        const double noise = 4.0 * std::sqrt(exact * (1.0 - exact) / 3999.0) + 1.0 / 4000.0;
        CHECK_THAT(null.p(observed), WithinAbs(exact, noise));
    }
    CHECK_THAT(null.p(100.0), WithinAbs(1.0 / 4000.0, 1e-15));
    CHECK(null.p(0.0) == 1.0);
}

TEST_CASE("what exceeds the critical value has a p of at most 5 %, and nothing else has",
          "[stats]") {
    SignedAmounts amounts;
    amounts.parts = 40;
    for (std::uint32_t unit = 0; unit < 8000; ++unit) {
        amounts.hashes.push_back(support::hash64(std::to_string(unit)));
        amounts.entries.push_back({unit, unit % 40, 1 + unit % 7});
    }
    for (std::uint32_t part = 0; part < 40; ++part) {
        amounts.parts_of_cell.push_back({part});
    }
    const stats::SearchNull null(amounts, stats::scales_of_parts(amounts), 0, 0.95);
    CHECK(null.p(null.critical_value() + 1e-9) <= 0.05);
    CHECK(null.p(null.critical_value()) > 0.05);
    // Forty independent parts of 200 units: close to Sidak's normal bound, z(0.95^(1/40)). The
    // quantile of 3,999 draws has a standard deviation of 0.022 there, and the finite size takes
    // off 0.011.
    const double sidak = stats::normal_quantile(std::pow(0.95, 1.0 / 40.0));
    CHECK_THAT(null.critical_value(), WithinAbs(sidak, 0.1));
}

TEST_CASE("draws do not depend on the order of units, entries or cells", "[stats]") {
    const SignedAmounts amounts = overlapping();
    SignedAmounts turned;
    turned.parts = 3;
    turned.parts_of_cell = {{1, 2}, {1}, {0}};
    turned.hashes.assign(amounts.hashes.rbegin(), amounts.hashes.rend());
    for (auto entry = amounts.entries.rbegin(); entry != amounts.entries.rend(); ++entry) {
        turned.entries.push_back({9 - entry->unit, 2 - entry->cell, entry->amount});
    }
    const auto scales = stats::scales_of_parts(amounts);
    CHECK(stats::scales_of_parts(turned) == scales);
    CHECK(stats::largest_lost(amounts, scales, 3, 500) ==
          stats::largest_lost(turned, scales, 3, 500));
    CHECK(stats::largest_lost(amounts, scales, 3, 500) !=
          stats::largest_lost(amounts, scales, 4, 500));
}

TEST_CASE("with nothing that differs, nothing is lost and the bound is that of one part",
          "[stats]") {
    SignedAmounts amounts;
    amounts.parts = 2;
    amounts.parts_of_cell = {};
    amounts.hashes = {1, 2, 3};
    const auto scales = stats::scales_of_parts(amounts);
    CHECK(scales == std::vector<double>{0.0, 0.0});
    CHECK(stats::lost(0, 0.0) == 0.0);
    const stats::SearchNull null(amounts, scales, 0, 0.95);
    CHECK_THAT(null.critical_value(), WithinAbs(1.6448536269514722, 1e-9));
    CHECK(null.p(0.0) == 1.0);
}

TEST_CASE("a higher confidence draws more, so that its bound can be reached", "[stats]") {
    const SignedAmounts amounts = overlapping();
    const stats::SearchNull null(amounts, stats::scales_of_parts(amounts), 0, 0.999);
    CHECK(null.p(100.0) <= 0.001 / 10.0);
}
