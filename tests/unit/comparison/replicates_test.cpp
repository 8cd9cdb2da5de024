#include "comparison/replicates.h"

#include <cmath>

#include "stats/distributions.h"
#include "stats/means.h"
#include "stats/skewness.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;

namespace {

/// Replicates of candidate - baseline that are spread normally about `centre`.
struct Spread {
    double centre = 0.0;
    double error = 1.0;
    std::size_t drawn = 0;

    ReplicatePlan plan() {
        ReplicatePlan plan;
        plan.draw = [this](std::size_t first, std::size_t count, Replicates& into) {
            for (std::size_t r = first; r < first + count; ++r) {
                stats::Stream stream(r);
                into.baseline.push_back(10.0);
                into.candidate.push_back(10.0 + centre +
                                         error * stats::normal_quantile(stream.uniform()));
            }
            drawn += count;
        };
        return plan;
    }
};

Comparison judged(Spread& spread, double margin) {
    Comparison out;
    out.baseline = metrics::Value::of(10.0);
    out.candidate = metrics::Value::of(10.0 + spread.centre);
    judge_by_replicates(test::metric_named("roc_auc"), test::absolute(margin), Options{},
                        spread.plan(), out);
    return out;
}

}  // namespace

TEST_CASE("a clear answer needs the first resamples only", "[comparison]") {
    Spread spread{0.0, 1.0};
    const Comparison result = judged(spread, 5.0);
    CHECK(spread.drawn == 2000);
    CHECK_FALSE(result.degenerate);
    CHECK_THAT(result.interval->lower, WithinAbs(-1.645, 0.15));
    CHECK_THAT(*result.standard_error, WithinRel(1.0, 0.06));
}

TEST_CASE("a bound near the margin raises the number of resamples", "[comparison]") {
    Spread spread{0.0, 1.0};
    const Comparison result = judged(spread, 1.645 + 0.1);
    CHECK(spread.drawn == 10000);
    CHECK_FALSE(result.degenerate);
    CHECK(result.margin->lower > 0.0);
}

TEST_CASE("a decision within Monte Carlo noise is left open", "[comparison]") {
    Spread spread{0.0, 1.0};
    const Comparison result = judged(spread, 1.6449);
    CHECK(spread.drawn == 50000);
    CHECK(result.degenerate);
    CHECK(test::has_note(result, "monte_carlo"));
}

TEST_CASE("a bound that decides nothing raises nothing", "[comparison]") {
    // The upper end is at 0, but the loss stays clearly within the margin.
    Spread within{-1.6449, 1.0};
    CHECK_FALSE(judged(within, 9.0).degenerate);
    CHECK(within.drawn == 2000);
    // The upper end is at 0, and the drop is smaller than the margin: inconclusive either way.
    Spread small{-1.6449, 1.0};
    CHECK_FALSE(judged(small, 2.0).degenerate);
    CHECK(small.drawn == 2000);
}

TEST_CASE("an interval without its own estimate decides nothing", "[comparison]") {
    Spread spread{0.0, 1.0};
    Comparison out;
    out.baseline = metrics::Value::of(10.0);
    out.candidate = metrics::Value::of(14.0);
    judge_by_replicates(test::metric_named("roc_auc"), test::absolute(1.0), Options{},
                        spread.plan(), out);
    CHECK(out.degenerate);
    CHECK(test::has_note(out, "estimate_outside_interval"));
}

TEST_CASE("resamples without a spread decide nothing", "[comparison]") {
    Spread spread{0.5, 0.0};
    const Comparison result = judged(spread, 5.0);
    CHECK(result.degenerate);
    CHECK(test::has_note(result, "degenerate"));
}

TEST_CASE("undefined resamples are counted and refused above one in a hundred", "[comparison]") {
    for (const std::size_t every : {std::size_t{50}, std::size_t{400}}) {
        Comparison out;
        out.baseline = metrics::Value::of(10.0);
        out.candidate = metrics::Value::of(10.0);
        ReplicatePlan plan;
        plan.draw = [every](std::size_t first, std::size_t count, Replicates& into) {
            for (std::size_t r = first; r < first + count; ++r) {
                stats::Stream stream(r);
                into.add(metrics::Value::of(10.0),
                         r % every == 0 ? metrics::Value::undefined("no positives")
                                        : metrics::Value::of(9.5 + stream.uniform()));
            }
        };
        judge_by_replicates(test::metric_named("roc_auc"), test::absolute(5.0), Options{}, plan,
                            out);
        CHECK(out.degenerate == (every == 50));
        CHECK(test::has_note(out, "undefined_replicates") == (every == 50));
    }
}

TEST_CASE("the jackknife of a mean is Student's interval widened for skewness", "[comparison]") {
    const std::vector<double> x = {0.1, 0.2, 0.15, 3.0, 0.4, 0.05, 0.3, 1.2, 0.25, 0.6};
    double sum = 0.0;
    for (const double value : x) {
        sum += value;
    }
    Replicates left_out;
    for (const double value : x) {
        left_out.baseline.push_back(0.0);
        left_out.candidate.push_back((sum - value) / 9.0);
    }
    const stats::MeanEstimate mean = stats::paired_mean(x);
    for (const double orientation : {1.0, -1.0}) {
        Contrast contrast{.estimate = orientation * sum / 10.0};
        contrast.lower = contrast.estimate;
        contrast.upper = contrast.estimate;
        contrast.p_no_loss = 0.0;
        const double skewness = widen_by_jackknife(left_out, orientation, 1.0, 0.95, 9.0, contrast);
        CHECK_THAT(skewness, WithinAbs(orientation * mean.skewness, 1e-9));
        stats::MeanEstimate oriented = mean;
        oriented.mean *= orientation;
        oriented.skewness *= orientation;
        const stats::Interval expected = stats::skew_widened_interval(oriented, 0.95);
        CHECK_THAT(contrast.lower, WithinAbs(expected.lower, 1e-9));
        CHECK_THAT(contrast.upper, WithinAbs(expected.upper, 1e-9));
        CHECK_THAT(contrast.p_no_loss,
                   WithinAbs(stats::skew_widened_p_not_negative(oriented), 1e-9));
    }
}

TEST_CASE("the jackknife never narrows an interval, and says nothing without all values",
          "[comparison]") {
    Replicates left_out;
    left_out.baseline = {0.0, 0.0, 0.0};
    left_out.candidate = {0.9, 1.0, 1.1};
    Contrast wide{.estimate = 1.0, .lower = -9.0, .upper = 9.0, .p_no_loss = 0.9};
    widen_by_jackknife(left_out, 1.0, 1.0, 0.95, 2.0, wide);
    CHECK(wide.lower == -9.0);
    CHECK(wide.upper == 9.0);
    Contrast narrow{.estimate = 1.0, .lower = 1.0, .upper = 1.0};
    left_out.undefined = 1;
    CHECK(widen_by_jackknife(left_out, 1.0, 1.0, 0.95, 2.0, narrow) == 0.0);
    CHECK(narrow.lower == 1.0);
}
