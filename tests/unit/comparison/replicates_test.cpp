#include "comparison/replicates.h"

#include <cmath>

#include "stats/distributions.h"
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
