// What is known of a row's noise, why nothing is where nothing is, and what a limit says of chance.
#include "verdict/claim_model.h"

#include <limits>

#include "support/catch.h"
#include "support/power_rows.h"

using namespace metricgate;
using tests::normal_row;
using tests::outcome_row;
using verdict::CheckResult;
using verdict::claim_model;
using verdict::limit_models;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::string unknown_of(const CheckResult& row) {
    std::string unknown;
    const bool known = claim_model(row, unknown).has_value();
    CHECK(known == unknown.empty());
    return unknown;
}

CheckResult good() {
    return normal_row("auc", 0.9, 0.01, 0.02);
}

}  // namespace

TEST_CASE("each reason why nothing is known of noise is said", "[verdict]") {
    CHECK(unknown_of(good()).empty());
    CheckResult row = good();
    row.reason = "the candidate has no metric 'auc'";
    row.comparison.reset();
    CHECK(unknown_of(row) == row.reason);
    row.reason.clear();
    CHECK(unknown_of(row) == "it was not compared");
    row = good();
    row.comparison->problem = "undefined on the candidate";
    CHECK(unknown_of(row) == "undefined on the candidate");
    row = good();
    row.rule.margin = {};
    CHECK(unknown_of(row) == "it has limits only");
    row.rule.max_gain = 0.1;
    CHECK(unknown_of(row) == "it limits gains only");
    row.rule.require = verdict::Require::improvement;
    CHECK(unknown_of(row).empty());
    row = good();
    row.rule.margin = {{}, 0.05, false};
    CHECK(unknown_of(row).empty());
    row.rule.require = verdict::Require::equivalence;
    CHECK(unknown_of(row) == "it asks for equivalence, whose chances are not worked out");
    row = good();
    row.comparison->insufficient = comparison::Insufficient{"positives", 3, 30};
    CHECK(unknown_of(row) == "too little data: has 3, needs at least 30 positives");
    row = good();
    row.comparison->notes.push_back({verdict::mean_against_margin, ""});
    CHECK(unknown_of(row).find("judged by itself, too") != std::string::npos);
    row = good();
    row.comparison->delta.reset();
    CHECK(unknown_of(row) == "there is no baseline to compare with");
    row = good();
    row.comparison->baseline = metrics::Value::undefined("not there");
    CHECK(unknown_of(row) == "there is no baseline to compare with");
    row = good();
    row.comparison->identical = true;
    CHECK(unknown_of(row).starts_with("both sides hold the same evidence"));
    row = good();
    row.comparison->degenerate = true;
    CHECK(unknown_of(row) == "the evidence is degenerate and says nothing about noise");
    row = good();
    row.comparison->uncertainty_known = false;
    CHECK(unknown_of(row).starts_with("no uncertainty known"));
    for (const auto& error :
         {std::optional(0.0), std::optional(infinite), std::optional<double>()}) {
        row = good();
        row.comparison->standard_error = error;
        CHECK(unknown_of(row) == "its standard error is not known");
    }
    row = good();
    row.comparison->interval.reset();
    CHECK(unknown_of(row) == "its standard error is not known");
}

TEST_CASE("the error against a relative margin is read off its own interval", "[verdict]") {
    std::string unknown;
    CheckResult row = good();
    comparison::Comparison& c = *row.comparison;
    c.margin->lower = 0.02 - 2.0 * (0.02 - c.margin->lower);  // twice as wide
    c.margin->upper = 0.02 + 2.0 * (c.margin->upper - 0.02);
    CHECK_THAT(claim_model(row, unknown)->margin_error, WithinRel(0.02, 1e-9));
    // Bounds that say nothing leave it at the error of the change.
    for (const double upper : {c.margin->lower, infinite}) {
        c.margin->upper = upper;
        CHECK(claim_model(row, unknown)->margin_error == 0.01);
    }
    c.interval = stats::Interval{0.0, 0.0, 0.95};
    CHECK(claim_model(row, unknown)->margin_error == 0.01);
    c.margin.reset();
    CHECK(claim_model(row, unknown)->margin_error == 0.01);
    CHECK(claim_model(row, unknown)->rule.margin == 0.0);
}

TEST_CASE("an end of the interval that is no number is taken for one that nothing widened",
          "[verdict]") {
    std::string unknown;
    CheckResult row = good();
    row.comparison->interval->lower = -infinite;
    const auto model = claim_model(row, unknown);
    CHECK(model->rule.lower_stretch == 1.0);
    CHECK_THAT(model->rule.upper_stretch, WithinRel(1.0, 1e-9));
}

TEST_CASE("outcomes without a discordant pair may still have some on other data", "[verdict]") {
    std::string unknown;
    const auto none = claim_model(
        [] {
            CheckResult row = outcome_row("accuracy", 1000, 30, 30, 0.01);
            row.comparison->outcome_pairs->candidate_only = 0;
            row.comparison->outcome_pairs->baseline_only = 0;
            row.comparison->outcome_pairs->neither += 60;
            return row;
        }(),
        unknown);
    // Wilson's upper bound at 0 of 1000: z^2 / (n + z^2), z = 1.644854.
    CHECK_THAT(none->outcomes->discordant, WithinRel(2.705543 / 1002.705543, 1e-6));
    CheckResult empty = outcome_row("accuracy", 1000, 30, 30, 0.01);
    empty.comparison->outcome_pairs = stats::PairedCounts{};
    CHECK_FALSE(claim_model(empty, unknown)->outcomes);
}

TEST_CASE("outcomes are enumerated, unless there are too many", "[verdict]") {
    std::string unknown;
    const auto few = claim_model(outcome_row("accuracy", 1000, 30, 30, 0.01), unknown);
    CHECK(few->basis() == "exact");
    const auto many =
        claim_model(outcome_row("accuracy", 40'000'000, 2'000'000, 2'000'000, 0.0001), unknown);
    CHECK(many->basis() == "normal");
    const double error = many->error_at(0.0);
    CHECK_THAT(error, WithinRel(std::sqrt(0.1 / 4e7), 1e-9));
    // Phi(margin / error - 1.645), as of any normal estimate.
    CHECK_THAT(many->chances_at(0.0).pass,
               WithinAbs(stats::normal_cdf(0.0001 / error - 1.644854), 1e-6));
}

TEST_CASE("a limit is seen from the baseline, else from the candidate", "[verdict]") {
    CheckResult row = good();
    row.rule.minimum = verdict::Limit{0.8};
    row.rule.maximum = verdict::Limit{0.95, verdict::Bound::upper};
    row.comparison->candidate = metrics::Value::of(0.85);
    row.comparison->candidate_interval = stats::Interval{0.84, 0.86, 0.95};
    auto models = limit_models(row);
    REQUIRE(models.size() == 2);
    CHECK(models[0].value == 0.9);
    CHECK(models[0].of_baseline);
    CHECK_THAT(models[1].distance(0.9), WithinAbs(0.05, 1e-12));
    // The upper end lies 0.01 above the value, whose standard error is 0.01 / 1.645.
    CHECK_THAT(*models[1].broken_at(0.94), WithinAbs(0.5, 1e-9));
    row.comparison->baseline = metrics::Value::undefined("not there");
    models = limit_models(row);
    CHECK(models[0].value == 0.85);
    CHECK_FALSE(models[0].of_baseline);
    row.comparison->candidate = metrics::Value::undefined("not there");
    CHECK(limit_models(row).empty());
    row.comparison.reset();
    CHECK(limit_models(row).empty());
}

TEST_CASE("an interval without width, or without end, says nothing of a limit", "[verdict]") {
    CheckResult row = good();
    row.rule.minimum = verdict::Limit{0.8};
    for (const double upper : {0.9, infinite}) {
        row.comparison->candidate_interval = stats::Interval{0.9, upper, 0.95};
        CHECK_FALSE(limit_models(row).front().broken_at(0.9));
    }
}
