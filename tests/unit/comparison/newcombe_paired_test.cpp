// The catalog entry "newcombe_paired".
#include "support/catch.h"
#include "unit/comparison/outcome_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("newcombe_paired gives the published intervals", "[comparison]") {
    test::check_outcome_reference("newcombe_paired", "newcombe_sqadd_ci95", 0.975);
    test::check_outcome_reference("newcombe_paired", "newcombe_sqadd_ci90", 0.95);
}

TEST_CASE("newcombe_paired's p is the level at which the upper end reaches 0", "[comparison]") {
    const double p = *test::by_method("newcombe_paired", 80, 3, 12, 5, absolute(0.02)).p_no_loss;
    CHECK(p < 0.05);
    CHECK_THAT(
        test::by_method("newcombe_paired", 80, 3, 12, 5, absolute(0.02), 1.0 - p).interval->upper,
        WithinAbs(0.0, 1e-6));
}

TEST_CASE("newcombe_paired judges a relative margin by resampling the joint counts",
          "[comparison]") {
    const Comparison result =
        test::by_method("newcombe_paired", 800, 30, 42, 128, test::relative(0.05));
    CHECK(result.margin);
    CHECK(test::has_note(result, "relative_margin_resampled"));
}
