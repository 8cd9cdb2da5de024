#include "report/rows.h"

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::Group;

TEST_CASE("rows are grouped by what they mean for a reader", "[report]") {
    const auto mixed = tests::sample_mixed();
    CHECK(report::group_of(mixed.checks[0]) == Group::waived);
    CHECK(report::group_of(mixed.checks[1]) == Group::warning);
    CHECK(report::group_of(mixed.checks[2]) == Group::failing);
    CHECK(report::group_of(mixed.checks[3]) == Group::failing);
    CHECK(report::group_of(mixed.checks[4]) == Group::quiet);
    CHECK(report::group_of(tests::undecided_row()) == Group::undecided);
}

TEST_CASE("a group that fits keeps the policy's order", "[report]") {
    const auto slices = tests::sample_slices();
    const auto listing = report::list_rows(slices, Group::failing, 200);
    CHECK(listing.left_out == 0);
    CHECK(listing.shown.front() == &slices.checks.front());
}

TEST_CASE("a group that does not fit shows its worst rows and counts the others", "[report]") {
    const auto slices = tests::sample_slices();
    const auto listing = report::list_rows(slices, Group::failing, 50);
    CHECK(listing.shown.size() == 50);
    CHECK(listing.left_out == 150);
    CHECK(listing.shown.front() == &slices.checks.back());
    CHECK(listing.shown.back() == &slices.checks[150]);
}

TEST_CASE("undecided rows start with those that failed before correction", "[report]") {
    const auto undecided = tests::sample_undecided();
    const auto listing = report::list_rows(undecided, Group::undecided, 20);
    REQUIRE(listing.shown.size() == 2);
    CHECK(listing.shown.front() == &undecided.checks[1]);
}

TEST_CASE("a confidence is shared only when every interval has it", "[report]") {
    CHECK_THAT(report::shared_confidence(tests::sample_fail()), WithinAbs(0.95, 0.0));
    CHECK_THAT(report::shared_confidence(tests::sample_mixed()), WithinAbs(0.0, 0.0));
    CHECK_THAT(report::shared_confidence({}), WithinAbs(0.0, 0.0));
}
