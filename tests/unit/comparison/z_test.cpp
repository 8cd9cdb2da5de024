// The catalog entry "z".
#include <cmath>

#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::metric_named;
using test::scalar;

TEST_CASE("z adds the variances of both sides", "[comparison]") {
    const Comparison result = compare(metric_named("roc_auc"), scalar(0.80, 0.03),
                                      scalar(0.78, 0.04), absolute(0.1), Options{});
    CHECK(result.method == "z");
    CHECK(result.uncertainty_known);
    CHECK_THAT(*result.standard_error, WithinAbs(0.05, 1e-12));
    CHECK_THAT(*result.delta, WithinAbs(-0.02, 1e-12));
    CHECK_THAT(result.interval->lower, WithinAbs(-0.02 - 1.6448536 * 0.05, 1e-7));
    CHECK_THAT(result.margin->lower, WithinAbs(0.08 - 1.6448536 * 0.05, 1e-7));
    CHECK_THAT(*result.p_no_loss, WithinAbs(0.3445783, 1e-6));
    CHECK(test::has_note(result, "sides_independent"));
}

TEST_CASE("z scales the baseline's error by a relative margin", "[comparison]") {
    const Comparison result = compare(metric_named("rmse"), scalar(10.0, 0.3), scalar(10.2, 0.4),
                                      test::relative(0.1), Options{});
    // Lower is better: 1.1 b - c.
    const double se = std::sqrt(0.4 * 0.4 + 1.1 * 1.1 * 0.3 * 0.3);
    CHECK_THAT(result.margin->estimate, WithinAbs(0.8, 1e-12));
    CHECK_THAT(result.margin->lower, WithinAbs(0.8 - 1.6448536 * se, 1e-6));
}

TEST_CASE("z lets nothing pass when a standard error is 0, and a loss that is shown stands",
          "[comparison]") {
    for (const auto& [before, now] :
         {std::pair(0.0, 0.04), std::pair(0.04, 0.0), std::pair(0.0, 0.0)}) {
        const Comparison result = compare(metric_named("roc_auc"), scalar(0.80, before),
                                          scalar(0.60, now), absolute(0.1), Options{});
        CHECK(result.degenerate);
        CHECK(result.loss_claims_stand);
        CHECK_THAT(result.interval->upper,
                   WithinAbs(-0.2 + 1.6448536 * std::max(before, now), 1e-7));
        CHECK(result.notes.front().text.find("standard error is 0") == std::string::npos);
        CHECK(test::has_note(result, "degenerate"));
    }
}

TEST_CASE("an error of 0 that few examples gave shows no loss", "[comparison]") {
    // All of 20 right, as lm_eval records it: 17 of 20 may be the same model.
    const auto of = [](std::optional<std::uint64_t> before, std::optional<std::uint64_t> now,
                       std::size_t least) {
        Options options;
        options.method = "z";
        options.min_examples = least;
        return compare(metric_named("accuracy"), scalar(1.0, 0.0, before), scalar(0.85, 0.05, now),
                       absolute(0.02), options);
    };
    CHECK_FALSE(of(20, 20, 0).loss_claims_stand);
    CHECK_FALSE(of(58, 1000, 0).loss_claims_stand);
    // The other side's error says how sure that one is.
    CHECK(of(1000, 58, 0).loss_claims_stand);
    CHECK_FALSE(of(58, std::nullopt, 0).loss_claims_stand);
    CHECK(of(59, 59, 0).loss_claims_stand);
    const Comparison few = of(100, 100, 101);
    CHECK(few.insufficient);
    CHECK_FALSE(few.loss_claims_stand);
}

TEST_CASE("z names a number that is not finite and a negative error", "[comparison]") {
    evidence::Scalar broken = scalar(0.8, 0.03);
    broken.value.kind = support::NumberKind::not_a_number;
    const auto problem = [&](const evidence::Scalar& candidate) {
        return compare(metric_named("roc_auc"), scalar(0.8, 0.03), candidate, absolute(0.1),
                       Options{})
            .problem;
    };
    CHECK(problem(broken).find("candidate's value is NaN") != std::string::npos);
    broken = scalar(0.8, 0.03);
    broken.standard_error->kind = support::NumberKind::positive_infinity;
    CHECK(problem(broken).find("standard error is infinite") != std::string::npos);
    CHECK(problem(scalar(0.8, -0.03)).find("negative") != std::string::npos);
}

TEST_CASE("z refuses to be used without both standard errors", "[comparison]") {
    Options options;
    options.method = "z";
    const Comparison result =
        compare(metric_named("roc_auc"), scalar(0.8), scalar(0.8, 0.1), absolute(0.1), options);
    CHECK(result.problem.find("standard error on both sides") != std::string::npos);
}

TEST_CASE("equivalence bounds the change against both sides of the margin", "[comparison]") {
    Options options;
    options.equivalence = true;
    const auto with = [&](const Margin& margin) {
        return compare(test::metric_named("accuracy"), scalar(0.80, 0.01), scalar(0.81, 0.01),
                       margin, options);
    };
    const Comparison plain = with(absolute(0.05));
    CHECK_THAT(plain.against_gain->estimate, WithinAbs(-0.04, 1e-15));
    CHECK_THAT(plain.against_gain->upper, WithinAbs(plain.interval->upper - 0.05, 1e-15));
    CHECK_THAT(plain.against_gain->lower, WithinAbs(plain.interval->lower - 0.05, 1e-15));
    // delta - r |b| as one linear statistic: its standard error has 1 + r on the baseline.
    const Comparison share = with(test::relative(0.1));
    const double se = 0.01 * std::sqrt(1.0 + 1.1 * 1.1);
    CHECK_THAT(share.against_gain->estimate, WithinAbs(0.01 - 0.08, 1e-15));
    CHECK_THAT(share.against_gain->upper, WithinAbs(-0.07 + 1.6448536269514722 * se, 1e-12));
    CHECK_FALSE(compare(test::metric_named("accuracy"), scalar(0.80, 0.01), scalar(0.81, 0.01),
                        absolute(0.05), Options{})
                    .against_gain);
}

TEST_CASE(
    "of two parts of a margin, equivalence takes the smaller or the larger in both directions",
    "[comparison]") {
    Options options;
    options.equivalence = true;
    Margin margin = test::relative(0.1);
    margin.absolute = 0.02;
    const auto with = [&](bool need_both) {
        margin.need_both = need_both;
        return compare(test::metric_named("accuracy"), scalar(0.80, 0.001), scalar(0.81, 0.001),
                       margin, options);
    };
    CHECK_THAT(with(false).against_gain->estimate, WithinAbs(-0.01, 1e-15));
    CHECK_THAT(with(false).against_gain->upper,
               WithinAbs(-0.01 + 1.6448536 * 0.001 * std::sqrt(2), 1e-7));
    CHECK_THAT(with(true).against_gain->estimate, WithinAbs(-0.07, 1e-15));
    CHECK(with(true).against_gain->upper < -0.06);
}

TEST_CASE("an equivalence needs more examples than a one-sided check", "[comparison]") {
    const auto needed = [](bool equivalence) {
        Options options;
        options.equivalence = equivalence;
        return *compare(test::metric_named("accuracy"), scalar(0.80, 0.01, 1000),
                        scalar(0.80, 0.01, 1000), absolute(0.01), options)
                    .n_needed;
    };
    // (z_.95 + z_.90)^2 / (z_.95 + z_.80)^2
    CHECK_THAT(static_cast<double>(needed(true)) / static_cast<double>(needed(false)),
               WithinAbs(1.3852, 1e-3));
}

TEST_CASE("a loss beside which the errors vanish stands", "[comparison]") {
    for (const double now : {1e3, 1e8, 1e300}) {
        const Comparison result = compare(metric_named("rmse"), scalar(0.4, 1e-9),
                                          scalar(now, 1e-9), absolute(0.02), Options{});
        CHECK(result.loss_claims_stand == result.degenerate);
        CHECK(result.interval->upper < 0.0);
    }
    const Comparison result = compare(metric_named("rmse"), scalar(0.4, 0.01), scalar(1e8, 0.01),
                                      absolute(0.02), Options{});
    CHECK(result.degenerate);
    CHECK(result.loss_claims_stand);
    CHECK_FALSE(compare(metric_named("rmse"), scalar(0.4, 0.01), scalar(0.9, 0.01), absolute(0.02),
                        Options{})
                    .degenerate);
}
