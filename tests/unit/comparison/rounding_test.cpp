#include "comparison/rounding.h"

#include <string>

#include "comparison/comparison.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;

namespace {

double hundredths(int count) {
    const std::string digits = (count < 10 ? "0.0" : "0.") + std::to_string(count);
    const support::ParsedNumber number =
        support::parse_number(count == 100 ? std::string("1.00") : digits);
    REQUIRE(number.kind == support::NumberKind::finite);
    return number.value;
}

}  // namespace

TEST_CASE("a drop that equals the margin reaches it for every two-decimal pair", "[comparison]") {
    const double margin = hundredths(1);
    int without_rounding = 0;
    for (int baseline = 1; baseline <= 100; ++baseline) {
        const double from = hundredths(baseline);
        const double to = hundredths(baseline - 1);
        const double delta = to - from;
        CHECK(oriented_excess(delta, margin, from) == 0.0);
        CHECK(reaches(delta, margin, from));
        without_rounding += delta <= -margin ? 0 : 1;
    }
    CHECK(without_rounding > 0);
}

TEST_CASE("rounding does not hide a difference in the decimals", "[comparison]") {
    CHECK_FALSE(reaches(0.931 - 0.94, 0.01, 0.94));
    CHECK(reaches(0.929 - 0.94, 0.01, 0.94));
    CHECK(oriented_excess(0.929 - 0.94, 0.01, 0.94) < 0.0);
    CHECK_FALSE(reaches(0.0, 0.01, 0.0));
}

TEST_CASE("what is larger than the last digits of a double is a difference", "[comparison]") {
    for (const double beyond : {1e-14, 1e-12, 1e-9}) {
        CHECK(oriented_excess(-0.01 - beyond, 0.01, 0.94) < 0.0);
        CHECK(oriented_excess(-0.01 + beyond, 0.01, 0.94) > 0.0);
    }
}

TEST_CASE("recorded numbers that lose exactly the margin have one answer", "[comparison]") {
    for (int baseline = 1; baseline <= 100; ++baseline) {
        evidence::Scalar before;
        before.value = {support::NumberKind::finite, hundredths(baseline)};
        evidence::Scalar after;
        after.value = {support::NumberKind::finite, hundredths(baseline - 1)};
        const Comparison result = compare(test::metric_named("roc_auc"), before, after,
                                          test::absolute(hundredths(1)), Options{});
        REQUIRE(result.margin);
        CHECK(result.margin->estimate == 0.0);
    }
}
