// Evidence without variation: in the way of a pass, not of a loss.
#include <cmath>

#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::latency;

namespace {

Comparison shifted(std::size_t n, double shift) {
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (std::size_t i = 0; i < n; ++i) {
        baseline.push_back(0.5 * static_cast<double>(i));
        candidate.push_back(baseline.back() + shift);
    }
    return compare_all(latency("mean"), test::value_examples("latency_ms", baseline, candidate),
                       absolute(1.0), Options{});
}

Comparison of_runs(std::vector<double> baseline, std::vector<double> candidate,
                   const Options& options = {}) {
    metrics::Metric metric;
    metric.name = "score";
    metric.direction = metrics::Direction::higher_is_better;
    metric.statistic = "mean";
    evidence::Samples before;
    before.values = std::move(baseline);
    evidence::Samples now;
    now.values = std::move(candidate);
    return compare(metric, before, now, absolute(0.02), options);
}

}  // namespace

TEST_CASE("a constant loss stands from 59 examples on at 95 %", "[comparison]") {
    // Wilks: 0.95^59 = 0.0485, 0.95^58 = 0.0510.
    const Comparison few = shifted(58, 2.0);
    CHECK(few.degenerate);
    CHECK_FALSE(few.loss_claims_stand);
    const Comparison enough = shifted(59, 2.0);
    CHECK(enough.degenerate);
    CHECK(enough.loss_claims_stand);
    CHECK(*enough.p_no_loss == std::exp2(-59.0));
    CHECK(enough.interval->upper < 0.0);
}

TEST_CASE("a constant gain, or one that is no change, shows nothing", "[comparison]") {
    CHECK_FALSE(shifted(200, -2.0).loss_claims_stand);
    const Comparison moved = of_runs({0.9, 0.9, 0.9}, {0.95, 0.95, 0.95});
    CHECK(moved.degenerate);
    CHECK_FALSE(moved.loss_claims_stand);
}

TEST_CASE("rounding of what losses come from is no variation", "[comparison]") {
    // |label - prediction| is 0.2 and 0.3 but for the last digits of labels up to a million.
    for (const double step : {0.1, 1.0, 12345.6}) {
        std::vector<double> labels;
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (int i = 0; i < 80; ++i) {
            labels.push_back(step * i);
            baseline.push_back(std::abs(labels.back() - (labels.back() + 0.2)));
            candidate.push_back(std::abs(labels.back() - (labels.back() + 0.3)));
        }
        CAPTURE(step);
        for (const double margin : {5.0, 0.05}) {
            const Comparison result = compare_all(
                latency("mean"), test::value_examples("latency_ms", baseline, candidate),
                absolute(margin), Options{});
            CHECK(result.degenerate);
            CHECK_FALSE(result.mde.has_value());
            CHECK(result.loss_claims_stand);
        }
    }
}

TEST_CASE("more confidence asks for more examples that agree", "[comparison]") {
    Options options;
    options.confidence = 0.99;  // 0.95^90 = 0.0099
    const std::vector<double> baseline(90, 1.0);
    const std::vector<double> candidate(90, 3.0);
    const auto with = [&](std::size_t n) {
        const auto first = [n](const std::vector<double>& all) {
            return std::vector<double>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
        };
        return compare_all(latency("mean"),
                           test::value_examples("latency_ms", first(baseline), first(candidate)),
                           absolute(1.0), options);
    };
    CHECK(with(90).loss_claims_stand);
    CHECK_FALSE(with(89).loss_claims_stand);
}

TEST_CASE("constant runs that stand apart lose as the rank sum test says", "[comparison]") {
    // Of 3 and 3 runs one order of C(6, 3) = 20 has all of one side behind; of 2 and 2 one of 6.
    const Comparison three = of_runs({0.9, 0.9, 0.9}, {0.1, 0.1, 0.1});
    CHECK(three.degenerate);
    CHECK(three.loss_claims_stand);
    CHECK_THAT(*three.p_no_loss, WithinAbs(1.0 / 20.0, 1e-15));
    CHECK_FALSE(of_runs({0.9, 0.9}, {0.1, 0.1}).loss_claims_stand);
    const Comparison five = of_runs({0.9, 0.9, 0.9, 0.9, 0.9}, {0.1, 0.1, 0.1});
    CHECK_THAT(*five.p_no_loss, WithinAbs(1.0 / 56.0, 1e-15));
    Options paired;
    paired.paired_runs = true;  // 2^-5 and 2^-4
    CHECK(of_runs({0.9, 0.8, 0.7, 0.9, 0.8}, {0.5, 0.4, 0.3, 0.5, 0.4}, paired).loss_claims_stand);
    CHECK_FALSE(of_runs({0.9, 0.8, 0.7, 0.9}, {0.5, 0.4, 0.3, 0.5}, paired).loss_claims_stand);
}

TEST_CASE("a loss worse than all of its interval stands, and the interval reaches it",
          "[comparison]") {
    const auto filled = [](double estimate, double lower, double upper) {
        Comparison out;
        out.baseline = metrics::Value::of(1.0);
        out.candidate = metrics::Value::of(1.0 + estimate);
        Contrasts contrasts;
        contrasts.at = [=](double) {
            return Contrast{.estimate = estimate,
                            .lower = lower,
                            .upper = upper,
                            .standard_error = 0.1,
                            .p_no_loss = 0.001};
        };
        metrics::Metric metric;
        metric.direction = metrics::Direction::higher_is_better;
        fill(metric, absolute(0.05), Options{}, contrasts, out);
        return out;
    };
    Comparison lost = filled(-2.0, -1.99, -1.9);
    CHECK(lost.degenerate);
    CHECK(test::has_note(lost, "estimate_outside_interval"));
    let_constant_loss_stand(400, Options{}, lost);
    CHECK(lost.loss_claims_stand);
    CHECK(lost.interval->lower == -2.0);
    CHECK(*lost.p_no_loss == 0.001);
    Comparison odd = filled(-1.0, -1.99, -1.9);
    CHECK(odd.degenerate);
    let_constant_loss_stand(400, Options{}, odd);
    CHECK_FALSE(odd.loss_claims_stand);
    // On a bound, a miss by rounding is none.
    CHECK_FALSE(filled(-2.0, -2.0 + 4e-16, -1.9).degenerate);
}
