#include "support/counted.h"

#include "support/catch.h"

using metricgate::support::counted;

TEST_CASE("one thing is named in the singular, whatever stands around its word", "[support]") {
    CHECK(counted(1, "examples") == "1 example");
    CHECK(counted(1, "queries") == "1 query");
    CHECK(counted(1, "more queries") == "1 more query");
    CHECK(counted(1, "paired folds") == "1 paired fold");
    CHECK(counted(1, "runs per side") == "1 run per side");
    CHECK(counted(1, "runs of the baseline") == "1 run of the baseline");
    CHECK(counted(1, "examples on the smaller side") == "1 example on the smaller side");
}

TEST_CASE("none and many are named in the plural, thousands apart", "[support]") {
    CHECK(counted(0, "queries") == "0 queries");
    CHECK(counted(1200, "more counted examples") == "1,200 more counted examples");
}
