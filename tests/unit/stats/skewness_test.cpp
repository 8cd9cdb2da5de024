// Expected values: numpy 2.4.6 and scipy 1.17.1, Hall's transformation inverted by
// scipy.optimize.brentq.
#include "stats/skewness.h"

#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

namespace {

const std::vector<double> skewed = {0.1, 0.2, 0.15, 3.0, 0.4, 0.05, 0.3, 1.2, 0.25, 0.6};

MeanEstimate shifted(double by) {
    std::vector<double> values = skewed;
    for (double& value : values) {
        value += by;
    }
    return paired_mean(values);
}

}  // namespace

TEST_CASE("each bound is the farther one of Student's and of Hall's", "[stats]") {
    const MeanEstimate estimate = paired_mean(skewed);
    CHECK_THAT(estimate.skewness, WithinAbs(0.6601006093909192, 1e-12));
    const Interval interval = skew_widened_interval(estimate, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(0.10360010662997388, 1e-12));  // Student's
    CHECK_THAT(interval.upper, WithinAbs(2.7660479909135702, 1e-9));    // Hall's
}

TEST_CASE("a mirrored sample has the mirrored interval", "[stats]") {
    MeanEstimate mirrored = paired_mean(skewed);
    mirrored.mean = -mirrored.mean;
    mirrored.skewness = -mirrored.skewness;
    const Interval interval = skew_widened_interval(mirrored, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(-2.7660479909135702, 1e-9));
    CHECK_THAT(interval.upper, WithinAbs(-0.10360010662997388, 1e-12));
}

TEST_CASE("the p of no loss is the larger one and agrees with the upper bound", "[stats]") {
    CHECK_THAT(skew_widened_p_not_negative(shifted(-1.5)), WithinAbs(0.10440819072584777, 1e-9));
    for (double shift = -4.0; shift < 1.0; shift += 0.05) {
        const MeanEstimate estimate = shifted(shift);
        const bool shown = skew_widened_interval(estimate, 0.95).upper < 0.0;
        CHECK(shown == (skew_widened_p_not_negative(estimate) < 0.05));
    }
}

TEST_CASE("without skewness the interval is Student's", "[stats]") {
    const MeanEstimate estimate = paired_mean(std::vector<double>{-1.0, 0.0, 1.0, 2.0, 3.0});
    CHECK(estimate.skewness == 0.0);
    CHECK(skew_widened_interval(estimate, 0.95) == estimate.interval(0.95));
    CHECK(skew_widened_p_not_negative(estimate) == estimate.p_not_negative());
}

TEST_CASE("where nothing is known of the uncertainty the widened interval is unbounded, too",
          "[stats]") {
    const Interval interval = skew_widened_interval(paired_mean(std::vector<double>{1.0}), 0.95);
    CHECK(interval.lower == -std::numeric_limits<double>::infinity());
    const MeanEstimate constant = paired_mean(std::vector<double>{2.0, 2.0, 2.0});
    CHECK(skew_widened_interval(constant, 0.95) == Interval{2.0, 2.0, 0.95});
    CHECK(skew_widened_p_not_negative(constant) == 1.0);
}

TEST_CASE("16 times the squared skewness is enough, and so is a skewness of few units' noise",
          "[stats]") {
    // Skewness 4 of n units is 4/sqrt(n) of their mean: 256 are enough.
    CHECK(units_for_skewness(4.0 / std::sqrt(256.0), 256.0) == 0);
    CHECK(units_for_skewness(4.0 / std::sqrt(200.0), 200.0) == 256);
    CHECK(units_for_skewness(-4.0 / std::sqrt(200.0), 200.0) == 256);
    CHECK(units_for_skewness(0.7, 10.0) == 0);  // 3 sqrt(6)/10 is 0.73
    CHECK(units_for_skewness(0.75, 10.0) == 90);
}
