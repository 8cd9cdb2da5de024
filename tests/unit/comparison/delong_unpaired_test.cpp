// The catalog entry "delong_unpaired".
#include "stats/auc_interval.h"
#include "stats/delong.h"
#include "stats/distributions.h"
#include "support/catch.h"
#include "unit/comparison/different_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_halves;
using test::half_of;
using test::metric_named;

namespace {

const test::BinarySample sample = test::binary_sample(800, 0.3, 0.1, 0.15);

}  // namespace

TEST_CASE("delong_unpaired adds the variances that the reference has for each side",
          "[comparison]") {
    const auto cases = test::reference_cases("auc_delong.json", "auc.delong");
    int compared = 0;
    // Any two cases are different examples; each side's variance is R's (pROC).
    for (std::size_t i = 0; i + 1 < cases.size(); ++i) {
        const auto examples = [](const nlohmann::json& one) {
            const auto labels = one.at("data").at("labels").get<std::vector<std::uint32_t>>();
            const auto scores = one.at("data").at("scores").get<std::vector<double>>();
            return test::ExamplesBuilder()
                .class_names({"0", "1"})
                .labels(labels)
                .scores(scores, scores)
                .build();
        };
        const evidence::Examples baseline = examples(cases[i]);
        const evidence::Examples candidate = examples(cases[i + 1]);
        metrics::Metric metric = metric_named("roc_auc");
        Options options = test::without_floors();
        const auto rows_before = evidence::Rows::all(baseline.rows);
        const auto rows_now = evidence::Rows::all(candidate.rows);
        const Comparison result = compare_different(
            {metric, baseline, rows_before}, {metric, candidate, rows_now}, absolute(0.1), options);
        if (result.insufficient || !result.standard_error) {
            continue;
        }
        CAPTURE(cases[i].at("id").get<std::string>(), cases[i + 1].at("id").get<std::string>());
        CHECK(result.method == "delong_unpaired");
        const double variance = cases[i].at("expected").at("delong_var").get<double>() +
                                cases[i + 1].at("expected").at("delong_var").get<double>();
        const double square = *result.standard_error * *result.standard_error;
        if (result.degenerate) {
            // R has 0 for areas of 0 and 1 and for equal scores; a bound stands there instead.
            CHECK(square > variance);
        } else {
            CHECK_THAT(square, WithinAbs(variance, 1e-9));
            ++compared;
        }
    }
    CHECK(compared >= 3);
}

TEST_CASE("delong_unpaired takes Welch's degrees of freedom, as pROC's unpaired test does",
          "[comparison]") {
    const evidence::Examples baseline = half_of(sample, 0, false);
    const evidence::Examples candidate = half_of(sample, 1, true);
    const Comparison result =
        compare_halves(metric_named("roc_auc"), baseline, candidate, absolute(0.05));
    CHECK(result.method == "delong_unpaired");
    CHECK(result.n == 400);
    CHECK(result.n_unit == "examples per side");
    CHECK(test::has_note(result, "different_examples"));
    const auto own = [](const evidence::Examples& side) {
        std::vector<std::uint8_t> positive;
        for (std::size_t i = 0; i < side.rows; ++i) {
            positive.push_back(side.label->codes[i] == *side.positive ? 1 : 0);
        }
        const double error =
            stats::own_placements(side.side(evidence::Side::candidate).score->values, positive)
                .estimate()
                .candidate_standard_error;
        return error * error;
    };
    const double a = own(baseline);
    const double b = own(candidate);
    const double degrees = (a + b) * (a + b) / (a * a / 399.0 + b * b / 399.0);
    const double reach = stats::student_t_quantile(0.95, degrees) * std::sqrt(a + b);
    // The logit intervals of areas around 0.8 are wider towards 0.5, on the side of the loss.
    CHECK_THAT(*result.standard_error, WithinAbs(std::sqrt(a + b), 1e-12));
    CHECK(result.interval->upper - *result.delta >= reach - 1e-12);
    CHECK(*result.delta - result.interval->lower >= reach - 1e-12);
    const stats::Interval joined =
        stats::independent_auc_interval({result.candidate.number(), std::sqrt(b), 399.0},
                                        {result.baseline.number(), std::sqrt(a), 399.0}, 1.0, 0.95);
    CHECK_THAT(result.interval->lower, WithinAbs(joined.lower, 1e-12));
    CHECK_THAT(result.interval->upper, WithinAbs(joined.upper, 1e-12));
}

TEST_CASE("delong_unpaired doubles for Gini and decides nothing of a perfect area",
          "[comparison]") {
    const evidence::Examples baseline = half_of(sample, 0, false);
    const evidence::Examples candidate = half_of(sample, 1, true);
    const Comparison auc =
        compare_halves(metric_named("roc_auc"), baseline, candidate, absolute(0.05));
    const Comparison gini =
        compare_halves(metric_named("gini"), baseline, candidate, absolute(0.05));
    CHECK_THAT(*gini.standard_error, WithinAbs(2.0 * *auc.standard_error, 1e-12));

    std::vector<std::uint32_t> labels;
    std::vector<double> scores;
    for (int i = 0; i < 100; ++i) {
        labels.push_back(i % 2 == 0 ? 0U : 1U);
        scores.push_back(i % 2 + 0.001 * i);
    }
    const evidence::Examples perfect = test::ExamplesBuilder()
                                           .labels(labels)
                                           .scores(scores, scores)
                                           .ids(test::numbered_ids(100))
                                           .build();
    const Comparison risen =
        compare_halves(metric_named("roc_auc"), baseline, perfect, absolute(0.05));
    CHECK(risen.degenerate);
    // A fall from a perfect area is a shown loss all the same.
    const Comparison fallen =
        compare_halves(metric_named("roc_auc"), perfect, baseline, absolute(0.05));
    CHECK(fallen.degenerate);
    CHECK(fallen.loss_claims_stand);
    CHECK(fallen.interval->upper < 0.0);
}

TEST_CASE("the side with too little support is named", "[comparison]") {
    const evidence::Examples baseline = half_of(sample, 0, false);
    const evidence::Examples few = half_of(test::binary_sample(120, 0.2, 0.1, 0.1), 0, true);
    const Comparison result =
        compare_halves(metric_named("roc_auc"), baseline, few, absolute(0.05));
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "positives in the candidate");
    CHECK(result.delta);
    CHECK_FALSE(result.interval);
}
