// The catalog entry "tolerance".
#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::metric_named;
using test::scalar;

TEST_CASE("tolerance knows no uncertainty and bounds that equal the estimate", "[comparison]") {
    const Comparison result =
        compare(metric_named("roc_auc"), scalar(0.90), scalar(0.88), absolute(0.05), Options{});
    CHECK(result.method == "tolerance");
    CHECK_FALSE(result.uncertainty_known);
    CHECK_FALSE(result.interval);
    CHECK_FALSE(result.p_no_loss);
    CHECK_FALSE(result.mde);
    CHECK_FALSE(result.identical);
    CHECK_THAT(result.margin->estimate, WithinAbs(0.03, 1e-12));
    CHECK(result.margin->lower == result.margin->estimate);
    CHECK(result.margin->upper == result.margin->estimate);
}

TEST_CASE("tolerance orients the change", "[comparison]") {
    const Comparison result =
        compare(metric_named("rmse"), scalar(2.0), scalar(2.5), test::relative(0.1), Options{});
    CHECK(*result.delta == -0.5);
    CHECK_THAT(result.margin->margin, WithinAbs(0.2, 1e-15));
    CHECK_THAT(result.margin->estimate, WithinAbs(-0.3, 1e-12));
}

TEST_CASE("tolerance allows a margin of 0", "[comparison]") {
    const Comparison same =
        compare(metric_named("rmse"), scalar(2.0), scalar(2.0), absolute(0.0), Options{});
    CHECK(same.margin->estimate == 0.0);
    const Comparison worse =
        compare(metric_named("rmse"), scalar(2.0), scalar(2.0000001), absolute(0.0), Options{});
    CHECK(worse.margin->estimate < 0.0);
}

TEST_CASE("tolerance refuses a relative margin of 0", "[comparison]") {
    const Comparison result =
        compare(metric_named("rmse"), scalar(0.0), scalar(0.1), test::relative(0.1), Options{});
    CHECK(result.problem.find("use `abs`") != std::string::npos);
    Margin both = test::relative(0.1);
    both.absolute = 0.5;
    CHECK_FALSE(
        compare(metric_named("rmse"), scalar(0.0), scalar(0.1), both, Options{}).problem.empty());
    // A loss must reach both, and the absolute part is the larger one whatever the baseline's sign.
    both.need_both = true;
    const Comparison absolute_counts =
        compare(metric_named("rmse"), scalar(0.0), scalar(0.1), both, Options{});
    CHECK(absolute_counts.problem.empty());
    CHECK(absolute_counts.margin->margin == 0.5);
    CHECK(test::has_note(absolute_counts, "relative_margin_dropped"));
}

TEST_CASE("tolerance says when only one side has a standard error", "[comparison]") {
    const Comparison result = compare(metric_named("roc_auc"), scalar(0.90, 0.01), scalar(0.88),
                                      absolute(0.05), Options{});
    CHECK(result.method == "tolerance");
    CHECK(test::has_note(result, "one_standard_error"));
}

TEST_CASE("tolerance serves metrics that the catalog does not know", "[comparison]") {
    metrics::Metric metric;
    metric.name = "pass_at_1";
    const Comparison result = compare(metric, scalar(0.5, std::nullopt, 100),
                                      scalar(0.6, std::nullopt, 100), absolute(0.05), Options{});
    CHECK(result.method == "tolerance");
    CHECK(result.n == 100);
    CHECK_THAT(*result.delta, WithinAbs(0.1, 1e-12));
}

TEST_CASE("tolerance refuses a difference that overflows", "[comparison]") {
    const Comparison result =
        compare(metric_named("rmse"), scalar(-1e308), scalar(1e308), absolute(0.1), Options{});
    CHECK_FALSE(result.problem.empty());
}
