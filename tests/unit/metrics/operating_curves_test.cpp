#include "metrics/operating_curves.h"

#include <array>

#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using evidence::Rows;
using evidence::Side;
using stats::CurvePoint;

namespace {

const std::vector<std::uint32_t> labels = {1, 0, 1, 1, 0, 0, 1, 0, 1, 0};
const std::vector<double> scores = {0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.5, 0.3, 0.2, 0.1};
const std::vector<double> weights = {1, 2, 1, 0.5, 1, 1, 3, 1, 1, 0.25};
constexpr std::array rates = {0.1, 0.2, 0.5};
constexpr std::array recalls = {0.3, 0.8};

metrics::OperatingCurves curves(const evidence::Examples& examples) {
    return metrics::operating_curves(examples, Side::candidate, Rows::all(examples.rows), 1000,
                                     rates, recalls);
}

void check_points(const std::vector<CurvePoint>& found, const std::vector<CurvePoint>& wanted) {
    REQUIRE(found.size() == wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        CHECK_THAT(found[i].x, WithinAbs(wanted[i].x, 1e-15));
        CHECK_THAT(found[i].y, WithinAbs(wanted[i].y, 1e-15));
    }
}

}  // namespace

// Points: scikit-learn 1.5.2, roc_curve(y, s, drop_intermediate=False) and
// precision_recall_curve(y, s); precision at recall 0 is that of the highest score in both.
TEST_CASE("the curves have a point a threshold, ties in one step", "[metrics]") {
    const auto examples = test::ExamplesBuilder().labels(labels).scores(scores, scores).build();
    const auto found = curves(examples);
    CHECK(found.problem.empty());
    check_points(found.roc, {{0.0, 0.0},
                             {0.0, 0.2},
                             {0.2, 0.4},
                             {0.2, 0.6},
                             {0.4, 0.6},
                             {0.6, 0.8},
                             {0.8, 0.8},
                             {0.8, 1.0},
                             {1.0, 1.0}});
    check_points(found.precision_recall, {{0.0, 1.0},
                                          {0.2, 1.0},
                                          {0.4, 2.0 / 3.0},
                                          {0.6, 0.75},
                                          {0.6, 0.6},
                                          {0.8, 4.0 / 7.0},
                                          {0.8, 0.5},
                                          {1.0, 5.0 / 9.0},
                                          {1.0, 0.5}});
}

// The same with sample_weight.
TEST_CASE("weights weigh in the curves", "[metrics]") {
    const auto examples =
        test::ExamplesBuilder().labels(labels).scores(scores, scores).weights(weights).build();
    const auto found = curves(examples);
    check_points(found.roc, {{0.0, 0.0},
                             {0.0, 0.15384615384615385},
                             {0.38095238095238093, 0.3076923076923077},
                             {0.38095238095238093, 0.38461538461538464},
                             {0.5714285714285714, 0.38461538461538464},
                             {0.7619047619047619, 0.8461538461538461},
                             {0.9523809523809523, 0.8461538461538461},
                             {0.9523809523809523, 1.0},
                             {1.0, 1.0}});
    CHECK_THAT(found.precision_recall[5].y, WithinAbs(0.5789473684210527, 1e-15));
}

TEST_CASE("points to work at are the best that some threshold has", "[metrics]") {
    const auto examples = test::ExamplesBuilder().labels(labels).scores(scores, scores).build();
    const auto found = curves(examples);
    check_points(found.recall_at, {{0.1, 0.2}, {0.2, 0.6}, {0.5, 0.6}});
    check_points(found.precision_at, {{0.3, 0.75}, {0.8, 4.0 / 7.0}});
}

TEST_CASE("row order moves no point", "[metrics]") {
    auto turned = labels;
    auto turned_scores = scores;
    std::reverse(turned.begin(), turned.end());
    std::reverse(turned_scores.begin(), turned_scores.end());
    const auto found =
        curves(test::ExamplesBuilder().labels(turned).scores(turned_scores, turned_scores).build());
    CHECK(found.roc ==
          curves(test::ExamplesBuilder().labels(labels).scores(scores, scores).build()).roc);
}

TEST_CASE("one class, or scores that are no numbers, have no curve", "[metrics]") {
    const auto one = test::ExamplesBuilder().labels({1, 1}).class_names({"0", "1"}).positive(1);
    auto builder = one;
    CHECK(curves(builder.scores({0.1, 0.2}, {0.1, 0.2}).build()).problem.find("both classes") !=
          std::string::npos);
    const auto bad =
        test::ExamplesBuilder().labels({1, 0}).scores({0.1, 0.2}, {0.1, std::nan("")}).build();
    CHECK_FALSE(curves(bad).problem.empty());
    CHECK(curves(bad).roc.empty());
    CHECK_FALSE(curves(test::ExamplesBuilder().labels({1, 0}).build()).problem.empty());
}
