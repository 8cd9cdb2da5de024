#include "metrics/calibration_curve.h"

#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using evidence::Rows;
using evidence::Side;

namespace {

metrics::CalibrationCurve curve(const evidence::Examples& examples, std::size_t bins) {
    return metrics::calibration_curve(examples, Side::candidate, Rows::all(examples.rows), bins);
}

}  // namespace

// scikit-learn 1.5.2, calibration_curve(y, s, n_bins=5).
TEST_CASE("bins of scores have their mean and their share of positives", "[metrics]") {
    const std::vector<double> scores = {0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.5, 0.3, 0.2, 0.1};
    const auto found = curve(test::ExamplesBuilder()
                                 .labels({1, 0, 1, 1, 0, 0, 1, 0, 1, 0})
                                 .scores(scores, scores)
                                 .build(),
                             5);
    REQUIRE(found.points.size() == 5);
    const std::vector<double> means = {0.15, 0.3, 0.53333333333333333, 0.76666666666666666, 0.9};
    const std::vector<double> shares = {0.5, 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0};
    const std::vector<std::uint64_t> counts = {2, 1, 3, 3, 1};
    for (std::size_t i = 0; i < 5; ++i) {
        CAPTURE(i);
        CHECK_THAT(found.points[i].mean_score, WithinAbs(means[i], 1e-15));
        CHECK_THAT(found.points[i].share_positive, WithinAbs(shares[i], 1e-15));
        CHECK(found.points[i].examples == counts[i]);
    }
    CHECK(found.points[1].from == 0.2);
    CHECK(found.points[1].to == 0.4);
}

TEST_CASE("a bin without examples counts none, weights weigh within a bin", "[metrics]") {
    const auto found = curve(test::ExamplesBuilder()
                                 .labels({1, 0})
                                 .scores({0.1, 0.2}, {0.1, 0.2})
                                 .weights({3.0, 1.0})
                                 .build(),
                             2);
    CHECK(found.points[0].examples == 2);
    CHECK_THAT(found.points[0].mean_score, WithinAbs(0.125, 1e-15));
    CHECK(found.points[0].share_positive == 0.75);
    CHECK(found.points[1].examples == 0);
}

TEST_CASE("scores that are no probabilities have no calibration curve", "[metrics]") {
    const auto found =
        curve(test::ExamplesBuilder().labels({1, 0}).scores({0.1, 0.2}, {0.1, 1.2}).build(), 10);
    CHECK(found.problem == "scores must be probabilities in [0, 1]");
    CHECK(found.points.empty());
}
