// Closed-form intervals of paired shares beside tests/reference: degenerate tables and symmetry.
#include <cmath>

#include "stats/distributions.h"
#include "stats/proportions.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("bonett and price's interval of no discordant pair has the width of one pair each way",
          "[stats]") {
    const Interval none = bonett_price({100, 0, 0, 20}, 0.95);
    const double reach = normal_quantile(0.95) * std::sqrt(2.0 / 122.0 / 122.0);
    CHECK_THAT(none.upper, WithinAbs(reach, 1e-15));
    CHECK(none.lower == -none.upper);
}

TEST_CASE("bonett and price's interval stays within -1 and 1, also without pairs", "[stats]") {
    CHECK(bonett_price({0, 0, 0, 0}, 0.95) == Interval{-1.0, 1.0, 0.95});
    const Interval one = bonett_price({0, 1, 0, 0}, 0.99);
    CHECK((one.lower > -1.0 && one.upper == 1.0));
}

TEST_CASE("newcombe's paired interval mirrors when the sides change places", "[stats]") {
    for (const PairedCounts& counts : {PairedCounts{50, 7, 3, 12}, PairedCounts{0, 5, 2, 0},
                                       PairedCounts{9, 0, 0, 1}, PairedCounts{1, 0, 0, 0}}) {
        const PairedCounts swapped{counts.both, counts.baseline_only, counts.candidate_only,
                                   counts.neither};
        const Interval interval = newcombe_paired(counts, 0.95);
        const Interval mirrored = newcombe_paired(swapped, 0.95);
        CHECK_THAT(interval.lower, WithinAbs(-mirrored.upper, 1e-15));
        CHECK_THAT(interval.upper, WithinAbs(-mirrored.lower, 1e-15));
        CHECK((interval.lower <= counts.difference() && counts.difference() <= interval.upper));
    }
}

TEST_CASE("newcombe's paired interval takes an empty margin as no correlation", "[stats]") {
    // Both sides always right: the interval is that of two independent shares.
    const Interval paired = newcombe_paired({20, 0, 0, 0}, 0.95);
    const Interval independent = newcombe(20, 20, 20, 20, 0.95);
    CHECK_THAT(paired.lower, WithinAbs(independent.lower, 1e-15));
    CHECK_THAT(paired.upper, WithinAbs(independent.upper, 1e-15));
}

TEST_CASE("jeffreys' interval ends at 0 and 1 exactly and holds its share", "[stats]") {
    CHECK(jeffreys(0, 10, 0.95).lower == 0.0);
    CHECK(jeffreys(10, 10, 0.95).upper == 1.0);
    const Interval one = jeffreys(1, 1, 0.95);
    CHECK((one.lower > 0.0 && one.lower < 1.0 && one.upper == 1.0));
    const Interval mirrored = jeffreys(3, 10, 0.975);
    CHECK_THAT(mirrored.lower, WithinAbs(1.0 - jeffreys(7, 10, 0.975).upper, 1e-15));
}
