// Expected values: numpy 2.4.6 and scipy 1.17.1, the formulas written out over all pairs of
// examples.
#include "stats/auc_interval.h"

#include <cstdint>
#include <vector>

#include "stats/means.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

const std::vector<std::uint8_t> positive = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
const std::vector<double> baseline = {0.9, 0.8, 0.75, 0.6,  0.55, 0.95, 0.1,
                                      0.2, 0.3, 0.4,  0.58, 0.15, 0.62, 0.35};
const std::vector<double> candidate = {0.85, 0.7,  0.8, 0.5, 0.65, 0.9,  0.2,
                                       0.1,  0.45, 0.3, 0.6, 0.25, 0.72, 0.52};

}  // namespace

TEST_CASE("areas near 1 take the farther bound, which logit intervals give", "[stats]") {
    const PlacementSums sums = paired_placements(baseline, candidate, positive);
    const Interval interval = auc_contrast_interval(sums, 1.0, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(-0.2513483089624572, 1e-12));
    CHECK_THAT(interval.upper, WithinAbs(0.11853621217447868, 1e-12));
    const Interval relative = auc_contrast_interval(sums, 0.9, 0.95);
    CHECK_THAT(relative.lower, WithinAbs(-0.16069278375875942, 1e-12));
    CHECK_THAT(relative.upper, WithinAbs(0.1928712118183641, 1e-12));
}

TEST_CASE("the interval is never narrower than DeLong's", "[stats]") {
    const PlacementSums sums = paired_placements(baseline, candidate, positive);
    for (const double factor : {1.0, 0.9, 1.1, -0.5}) {
        for (const double confidence : {0.6, 0.9, 0.99}) {
            const AucEstimate estimate = sums.estimate(factor);
            const MeanEstimate normal{estimate.difference, estimate.standard_error, 1e9};
            const Interval interval = auc_contrast_interval(sums, factor, confidence);
            CHECK(interval.lower <= normal.interval(confidence).lower + 1e-9);
            CHECK(interval.upper >= normal.interval(confidence).upper - 1e-9);
        }
    }
}

TEST_CASE("swapping the sides mirrors the interval", "[stats]") {
    const Interval one =
        auc_contrast_interval(paired_placements(baseline, candidate, positive), 1.0, 0.95);
    const Interval other =
        auc_contrast_interval(paired_placements(candidate, baseline, positive), 1.0, 0.95);
    CHECK_THAT(one.lower, WithinAbs(-other.upper, 1e-15));
    CHECK_THAT(one.upper, WithinAbs(-other.lower, 1e-15));
}

TEST_CASE("an area of exactly 1 leaves the normal interval", "[stats]") {
    const std::vector<double> perfect = {9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1};
    const PlacementSums sums = paired_placements(perfect, candidate, positive);
    const AucEstimate estimate = sums.estimate();
    const Interval interval = auc_contrast_interval(sums, 1.0, 0.95);
    CHECK_THAT(
        interval.lower,
        WithinAbs(estimate.difference - 1.6448536269514722 * estimate.standard_error, 1e-12));
}

TEST_CASE("equal rankings have no spread and stay without width", "[stats]") {
    std::vector<double> stretched = baseline;
    for (double& score : stretched) {
        score *= 2.0;
    }
    const Interval interval =
        auc_contrast_interval(paired_placements(baseline, stretched, positive), 1.0, 0.95);
    CHECK(interval == Interval{0.0, 0.0, 0.95});
}

TEST_CASE("one area's interval is taken on the logit scale", "[stats]") {
    const AucEstimate own = own_placements(candidate, positive).estimate();
    CHECK_THAT(own.candidate, WithinAbs(0.8958333333333334, 1e-15));
    CHECK_THAT(own.candidate_standard_error, WithinAbs(0.08640183897219883, 1e-14));
    const Interval interval = logit_auc_interval(own.candidate, own.candidate_standard_error, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(0.6522132334451045, 1e-12));
    CHECK_THAT(interval.upper, WithinAbs(0.9752710884625237, 1e-12));
}
