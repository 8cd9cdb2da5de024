// The catalog entry "flips".
#include "stats/proportions.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::compare_all;
using test::metric_for;

namespace {

evidence::Examples examples() {
    return test::binary_examples({1, 1, 1, 1, 0, 0, 0, 0}, {1, 1, 1, 0, 0, 1, 0, 1},
                                 {1, 1, 0, 0, 0, 0, 0, 1});
}

}  // namespace

TEST_CASE("flips has a count and its Wilson interval, and no baseline", "[comparison]") {
    const evidence::Examples pairs = examples();
    Options options;
    options.candidate_interval = true;
    const Comparison result =
        compare_all(metric_for("negative_flips", pairs), pairs, Margin{}, options);
    CHECK(result.method == "flips");
    CHECK(result.problem.empty());
    CHECK_FALSE(result.baseline.defined());
    CHECK(result.candidate.number() == 1.0);
    CHECK_FALSE(result.delta);
    CHECK(result.n == 8);
    const stats::Interval share = stats::wilson(1.0, 8.0, 0.95);
    CHECK(result.candidate_interval->lower == 8.0 * share.lower);
    CHECK(result.candidate_interval->upper == 8.0 * share.upper);
    CHECK(compare_all(metric_for("flips", pairs), pairs, Margin{}, options).candidate.number() ==
          2.0);
}

TEST_CASE("flips refuses a margin", "[comparison]") {
    const evidence::Examples pairs = examples();
    const Comparison result =
        compare_all(metric_for("flips", pairs), pairs, test::absolute(0.1), Options{});
    CHECK(result.problem.find("use `max`") != std::string::npos);
}

TEST_CASE("flips keeps the floor of examples", "[comparison]") {
    const evidence::Examples pairs = examples();
    Options options;
    options.min_examples = 30;
    const Comparison result = compare_all(metric_for("flips", pairs), pairs, Margin{}, options);
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->have == 8);
}

TEST_CASE("flips needs a baseline", "[comparison]") {
    const evidence::Examples pairs = examples();
    const Comparison result =
        describe(metric_for("flips", pairs), pairs, evidence::Rows::all(8), Options{});
    CHECK_FALSE(result.problem.empty());
}

TEST_CASE("flips without labels has its interval too", "[comparison]") {
    evidence::Examples pairs = examples();
    pairs.label.reset();
    Options options;
    options.candidate_interval = true;
    CHECK(compare_all(metric_for("flips", pairs), pairs, Margin{}, options).candidate_interval);
}
