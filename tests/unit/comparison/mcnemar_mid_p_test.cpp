// The catalog entry "mcnemar_mid_p".
#include "stats/proportions.h"
#include "support/catch.h"
#include "unit/comparison/outcome_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("mcnemar_mid_p claims a loss only when both tests show it", "[comparison]") {
    for (std::size_t losses = 0; losses <= 14; ++losses) {
        CAPTURE(losses);
        const Comparison tango = test::by_method("tango", 80, 2, losses, 5, absolute(0.01));
        const Comparison guarded =
            test::by_method("mcnemar_mid_p", 80, 2, losses, 5, absolute(0.01));
        const double p = stats::mcnemar_mid_p_no_loss({80, 2, losses, 5});
        CHECK((guarded.interval->upper < 0.0) == (tango.interval->upper < 0.0 && p <= 0.05));
        CHECK(*guarded.p_no_loss == std::max(p, *tango.p_no_loss));
        CHECK(guarded.interval->lower <= tango.interval->lower);
        CHECK(guarded.interval->upper >= tango.interval->upper);
        CHECK(guarded.method == "mcnemar_mid_p");
    }
}

TEST_CASE("mcnemar_mid_p treats gains alike", "[comparison]") {
    const Comparison loss = test::by_method("mcnemar_mid_p", 80, 2, 9, 5, absolute(0.01));
    const Comparison gain = test::by_method("mcnemar_mid_p", 80, 9, 2, 5, absolute(0.01));
    CHECK_THAT(gain.interval->lower, WithinAbs(-loss.interval->upper, 1e-15));
    CHECK_THAT(gain.interval->upper, WithinAbs(-loss.interval->lower, 1e-15));
}

TEST_CASE(
    "mcnemar_mid_p's one-sided p is half of the two-sided one and no evidence without discordance",
    "[comparison]") {
    const stats::PairedCounts counts{80, 2, 9, 5};
    CHECK_THAT(2.0 * stats::mcnemar_mid_p_no_loss(counts),
               WithinAbs(stats::mcnemar_mid_p(counts), 1e-14));
    CHECK(stats::mcnemar_mid_p_no_loss({5, 0, 0, 5}) == 0.5);
}
