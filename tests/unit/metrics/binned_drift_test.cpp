// Distances over the same bins as psi; values of the kernels: tests/reference/drift.json.
#include "support/catch.h"
#include "unit/metrics/column_fixtures.h"

using namespace metricgate;
using test::finding;
using test::found;
using test::times;
using test::operator+;

namespace {

// The case "four_bins" of tests/reference/drift.json (scipy 1.10.1).
const auto baseline = times(100, "a") + times(200, "b") + times(300, "c") + times(400, "d");
const auto candidate = times(120, "a") + times(180, "b") + times(310, "c") + times(390, "d");

}  // namespace

TEST_CASE("distances of categories are those of SciPy", "[metrics]") {
    CHECK_THAT(found("jensen_shannon", baseline, candidate), WithinAbs(0.03378304932974929, 1e-12));
    CHECK_THAT(found("hellinger", baseline, candidate), WithinAbs(0.028132935977176168, 1e-12));
    CHECK_THAT(found("total_variation", baseline, candidate), WithinAbs(0.03, 1e-12));
    CHECK_THAT(found("chi_square", baseline, candidate), WithinAbs(0.03975757853441094, 1e-12));
    CHECK_THAT(*finding("chi_square", baseline, candidate).noise->p,
               WithinAbs(0.36741384442465835, 1e-12));
}

TEST_CASE("disjoint categories are at distance 1", "[metrics]") {
    for (const char* name : {"jensen_shannon", "hellinger", "total_variation", "chi_square"}) {
        CHECK_THAT(found(name, times(40, "a"), times(60, "b")), WithinAbs(1.0, 1e-12));
    }
}
