#include "evidence/history.h"

#include "support/catch.h"

using namespace metricgate;
using evidence::is_same_commit;

TEST_CASE("a commit is the same by seven digits or more, in capitals or not", "[evidence]") {
    CHECK(is_same_commit("c0ffee0123", "c0ffee0123"));
    CHECK(is_same_commit("c0ffee0123", "c0ffee0"));
    CHECK(is_same_commit("C0FFEE0", "c0ffee0123"));
    CHECK_FALSE(is_same_commit("c0ffee", "c0ffee0123"));
    CHECK_FALSE(is_same_commit("c0ffee1", "c0ffee0123"));
    // Names that are no ids are the same when they are equal.
    CHECK(is_same_commit("release", "release"));
    CHECK_FALSE(is_same_commit("release", "release-2"));
    CHECK(is_same_commit("", ""));
    CHECK_FALSE(is_same_commit("", "c0ffee0"));
}

TEST_CASE("a fact that a point lacks is empty", "[evidence]") {
    evidence::HistoryPoint point;
    point.metadata["run"] = "r1";
    CHECK(evidence::fact_of(point, "run") == "r1");
    CHECK(evidence::fact_of(point, "attempt").empty());
}
