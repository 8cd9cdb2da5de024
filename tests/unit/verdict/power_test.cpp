// What a policy can see on its data: rows, warnings, the whole policy.
#include <cmath>

#include "support/catch.h"
#include "support/power_rows.h"
#include "verdict/unable_to_fail.h"

using namespace metricgate;
using tests::judged;
using tests::normal_row;
using tests::outcome_row;
using tests::warns;
using verdict::Level;
using verdict::PowerAnswer;
using verdict::RowPower;
using verdict::Status;

TEST_CASE("a row tells the smallest loss it shows and the smallest it blocks", "[verdict]") {
    const RowPower row = verdict::row_power(normal_row("auc", 0.9, 0.01, 0.02));
    CHECK_THAT(*row.smallest_shown, WithinAbs(0.024865, 1e-6));
    // max(margin, z se) + 0.84 se
    CHECK_THAT(*row.smallest_blocked, WithinAbs(0.02 + 0.0084162, 1e-6));
    CHECK(row.basis == "normal");
    CHECK(row.unknown.empty());
    REQUIRE(row.unchanged);
    CHECK_THAT(row.unchanged->pass, WithinAbs(stats::normal_cdf(2.0 - 1.644854), 1e-6));
    CHECK_THAT(row.unchanged->regressed, WithinAbs(stats::normal_cdf(-2.0), 1e-6));
    REQUIRE(row.drops.size() == 3);
    CHECK(row.drops[1].drop == 0.04);
    CHECK_THAT(row.drops[0].chances.regressed, WithinAbs(0.5, 1e-9));
    CHECK_THAT(row.drops[0].chances.pass, WithinAbs(0.05, 1e-9));
    CHECK_THAT(row.drops[1].chances.regressed, WithinAbs(stats::normal_cdf(2.0), 1e-6));
    CHECK(row.warnings.empty());
}

TEST_CASE("paired outcomes are enumerated", "[verdict]") {
    const RowPower row = verdict::row_power(outcome_row("accuracy", 1000, 30, 30, 0.01));
    CHECK(row.basis == "exact");
    CHECK_THAT(row.unchanged->pass, WithinAbs(0.354, 0.001));
    CHECK_THAT(row.unchanged->regressed, WithinAbs(0.050, 0.001));
    CHECK_THAT(row.drops[1].chances.regressed, WithinAbs(0.834, 0.001));
}

TEST_CASE("a loss larger than the metric allows is not asked about", "[verdict]") {
    const RowPower row = verdict::row_power(normal_row("auc", 0.5, 0.01, 0.2));
    REQUIRE(row.drops.size() == 2);
    CHECK(row.drops.back().multiple == 2.0);
}

TEST_CASE("a margin that takes ten times the data cannot be policed", "[verdict]") {
    const RowPower row = verdict::row_power(normal_row("auc", 0.9, 0.05, 0.01));
    REQUIRE(warns(row, "cannot_police"));
    CHECK(row.warnings.front().text.find("the smallest margin that can is 0.12") !=
          std::string::npos);
    CHECK_FALSE(warns(verdict::row_power(normal_row("auc", 0.9, 0.01, 0.01)), "cannot_police"));
}

TEST_CASE("a margin beyond any possible loss makes a check that cannot fail", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.7);
    CHECK(verdict::row_power(row).cannot_fail);
    CHECK(verdict::row_power(row).warnings.front().text ==
          "this check cannot fail: the margin of 0.7 covers every possible loss: from the "
          "baseline's 0.6 the roc_auc can get worse by 0.6 at most");
    row.rule.minimum = verdict::Limit{0.5};
    CHECK_FALSE(verdict::row_power(row).cannot_fail);  // the minimum can still be broken
    row.rule.minimum = verdict::Limit{0.0};
    CHECK(verdict::row_power(row).cannot_fail);
    row.rule.max_gain = 0.1;
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
    row.rule.max_gain = 0.4;
    CHECK(verdict::row_power(row).cannot_fail);
}

TEST_CASE("a margin of exactly the largest loss can still be reached, though not exceeded",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.6);
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
    row.comparison->uncertainty_known = false;  // a tolerance band passes a loss of the margin
    CHECK(verdict::row_power(row).cannot_fail);
}

TEST_CASE("an equivalence can fail by a gain, too, where the range leaves room for one",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.3, 0.01, 0.4);
    CHECK(verdict::row_power(row).cannot_fail);
    row.rule.require = verdict::Require::equivalence;
    CHECK_FALSE(verdict::row_power(row).cannot_fail);  // 0.3 to 1 is a gain of 0.7
    row = normal_row("auc", 0.5, 0.01, 0.6);
    row.rule.require = verdict::Require::equivalence;
    CHECK(verdict::row_power(row).cannot_fail);
    row.rule.name = row.rule.metric = "my own";  // of a range that is not known
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
}

TEST_CASE("the range counts in the direction in which the metric gets worse", "[verdict]") {
    verdict::CheckResult row = normal_row("brier", 0.9, 0.01, 0.2);
    row.rule.name = row.rule.metric = "brier_score";
    row.rule.higher_is_better = false;
    CHECK(verdict::row_power(row).cannot_fail);
    row.comparison->baseline = metrics::Value::of(0.1);
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
}

TEST_CASE("a recorded number outside the catalog's range is another metric", "[verdict]") {
    verdict::CheckResult row = normal_row("accuracy", 91.0, 0.4, 95.0);
    row.rule.name = "accuracy";  // in percent
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
}

TEST_CASE("a limit outside the metric's range makes a check that cannot fail", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.0);
    row.rule.margin = {};
    row.comparison->margin.reset();
    row.rule.maximum = verdict::Limit{1.0};
    const RowPower power = verdict::row_power(row);
    CHECK(power.cannot_fail);
    CHECK(power.unknown == "it has limits only");
}

TEST_CASE("too few successes to lose make a check that cannot fail", "[verdict]") {
    verdict::CheckResult row = outcome_row("recall", 40, 1, 1, 0.01);
    row.comparison->outcome_pairs->both = 1;
    row.comparison->outcome_pairs->neither = 37;
    CHECK(verdict::row_power(row).cannot_fail);
    row.comparison->outcome_pairs->both = 2;
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
}

TEST_CASE("too little data stays inconclusive, so that the check cannot fail unless that blocks",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.comparison->insufficient = comparison::Insufficient{"positives", 12, 30};
    const RowPower power = verdict::row_power(row);
    CHECK(power.cannot_fail);
    CHECK_FALSE(power.unchanged);
    row.rule.inconclusive_blocks = true;
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
    CHECK(warns(verdict::row_power(row), "too_little_data"));
    row.rule.inconclusive_blocks = false;
    row.comparison->insufficient->of = "discordant pairs";  // another candidate may have more
    CHECK_FALSE(verdict::row_power(row).cannot_fail);
}

TEST_CASE("where noise is not known no chance is claimed", "[verdict]") {
    verdict::CheckResult bare = normal_row("auc", 0.9, 0.01, 0.02);
    bare.comparison->uncertainty_known = false;
    bare.comparison->interval.reset();
    bare.comparison->standard_error.reset();
    CHECK(warns(verdict::row_power(bare), "no_uncertainty"));
    CHECK_FALSE(verdict::row_power(bare).unchanged);
    for (const auto& spoil : {+[](comparison::Comparison& c) { c.identical = true; },
                              +[](comparison::Comparison& c) { c.degenerate = true; },
                              +[](comparison::Comparison& c) { c.standard_error = 0.0; },
                              +[](comparison::Comparison& c) { c.problem = "undefined"; }}) {
        verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
        spoil(*row.comparison);
        const RowPower power = verdict::row_power(row);
        CHECK_FALSE(power.unchanged);
        CHECK_FALSE(power.unknown.empty());
    }
}

TEST_CASE("a limit tells how near it is and how often noise breaks it", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.rule.minimum = verdict::Limit{0.88};
    row.comparison->candidate_interval = stats::Interval{0.88355, 0.91645, 0.95};
    RowPower power = verdict::row_power(row);
    REQUIRE(power.limits.size() == 1);
    CHECK_THAT(power.limits[0].distance, WithinAbs(0.02, 1e-12));
    CHECK_THAT(*power.limits[0].broken, WithinAbs(stats::normal_cdf(-2.0), 1e-3));
    row.rule.minimum->by = verdict::Bound::lower;
    power = verdict::row_power(row);
    CHECK_THAT(*power.limits[0].broken, WithinAbs(stats::normal_cdf(1.644854 - 2.0), 1e-3));
    row.comparison->candidate_interval.reset();
    CHECK_FALSE(verdict::row_power(row).limits[0].broken);
}

TEST_CASE("few runs are judged by t and need more than the normal sample size", "[verdict]") {
    verdict::CheckResult row = normal_row("runs", 0.9, 0.01, 0.02, 5);
    const double reach = stats::student_t_quantile(0.95, 4.0) * 0.01;
    row.comparison->degrees_of_freedom = 4.0;
    row.comparison->interval = stats::Interval{-reach, reach, 0.95};
    row.comparison->margin = comparison::AgainstMargin{0.02, 0.02, 0.02 - reach, 0.02 + reach};
    const RowPower power = verdict::row_power(row);
    CHECK(power.basis == "t");
    CHECK(*power.n_needed > *row.comparison->n_needed);
    CHECK(power.unchanged->pass <
          verdict::row_power(normal_row("n", 0.9, 0.01, 0.02)).unchanged->pass);
}

TEST_CASE("clusters are the unit where examples are clustered", "[verdict]") {
    verdict::CheckResult row = normal_row("accuracy", 0.9, 0.01, 0.02, 5000);
    row.comparison->degrees_of_freedom = 39.0;
    row.comparison->facts.push_back({"clusters", 40.0});
    const RowPower power = verdict::row_power(row);
    CHECK(power.n == 40);
    CHECK(power.n_unit == "clusters");
    CHECK(*power.n_needed == 62);  // 40 (2.4865 * 0.01 / 0.02)^2
}

TEST_CASE("one check is blocked in a run as often as by itself", "[verdict]") {
    const auto result = verdict::analyse_power(judged({normal_row("auc", 0.9, 0.01, 0.01)}),
                                               verdict::Correction::holm);
    CHECK(result.answer == PowerAnswer::analysed);
    REQUIRE(result.policy_power);
    CHECK_THAT(result.policy_power->blocked_unchanged, WithinAbs(0.05, 0.006));
    CHECK_THAT(result.policy_power->passed_unchanged,
               WithinAbs(result.rows[0].unchanged->pass, 0.012));
    for (std::size_t m = 0; m < 3; ++m) {
        const auto& drop = result.rows[0].drops[m];
        CHECK_THAT(drop.blocked_in_run, WithinAbs(drop.chances.regressed, 0.012));
        CHECK(result.policy_power->drops[m].blocked == drop.blocked_in_run);
    }
}

// 1 - .95^10 = 40 % without correction; Holm keeps it at 5 %.
TEST_CASE("ten independent checks are kept at 5 % by Holm, and lose power to it", "[verdict]") {
    const std::vector<verdict::CheckResult> rows(10, normal_row("auc", 0.9, 0.01, 0.001));
    const auto corrected = verdict::analyse_power(judged(rows), verdict::Correction::holm);
    const auto plain = verdict::analyse_power(judged(rows), verdict::Correction::none);
    CHECK_THAT(plain.policy_power->blocked_unchanged, WithinAbs(0.401, 0.011));
    CHECK_THAT(corrected.policy_power->blocked_unchanged, WithinAbs(0.049, 0.006));
    const std::vector<verdict::CheckResult> wider(10, normal_row("auc", 0.9, 0.01, 0.016));
    const auto wide = verdict::analyse_power(judged(wider), verdict::Correction::holm);
    CHECK(wide.policy_power->blocked_unchanged < 0.056);
    CHECK(wide.rows[0].drops[1].blocked_in_run < wide.rows[0].drops[1].chances.regressed - 0.05);
    REQUIRE(wide.policy_power->drops[1].hardest);
    CHECK(wide.policy_power->drops[1].blocked > wide.policy_power->drops[1].hardest_blocked);
}

// Blocked with 1, 10, 50 checks: 83, 51, 31 % at n = 1000 (6 % discordant, margin 1pp, loss 2pp) by
// Holm's first step, enumerated; the run takes outcomes as normal.
TEST_CASE("the price of Holm is the one of its first step", "[verdict]") {
    struct Row {
        std::size_t checks;
        double first_step;
    };
    for (const Row& one : {Row{1, 0.83}, Row{10, 0.51}, Row{50, 0.31}}) {
        const std::vector<verdict::CheckResult> rows(one.checks,
                                                     outcome_row("accuracy", 1000, 30, 30, 0.01));
        const auto result = verdict::analyse_power(judged(rows), verdict::Correction::holm);
        INFO(one.checks << " checks: " << result.rows[0].drops[1].blocked_in_run);
        CHECK_THAT(result.rows[0].drops[1].blocked_in_run, WithinAbs(one.first_step, 0.02));
    }
}

TEST_CASE("the same seed gives the same chances", "[verdict]") {
    const std::vector<verdict::CheckResult> rows(3, normal_row("auc", 0.9, 0.01, 0.01));
    const auto first = verdict::analyse_power(judged(rows), verdict::Correction::holm);
    const auto second = verdict::analyse_power(judged(rows), verdict::Correction::holm);
    CHECK(first.policy_power->blocked_unchanged == second.policy_power->blocked_unchanged);
    CHECK(first.rows[2].drops[0].blocked_in_run == second.rows[2].drops[0].blocked_in_run);
}

TEST_CASE("slices and levels are families of their own in the run, too", "[verdict]") {
    std::vector<verdict::CheckResult> rows(2, normal_row("auc", 0.9, 0.01, 0.016));
    const double together = verdict::analyse_power(judged(rows), verdict::Correction::holm)
                                .rows[0]
                                .drops[1]
                                .blocked_in_run;
    rows[1].rule.slice["language"] = "de";
    const double apart = verdict::analyse_power(judged(rows), verdict::Correction::holm)
                             .rows[0]
                             .drops[1]
                             .blocked_in_run;
    CHECK(apart > together + 0.01);
}

TEST_CASE("rows that only warn do not block the run", "[verdict]") {
    std::vector<verdict::CheckResult> rows(2, normal_row("auc", 0.9, 0.01, 0.01));
    rows[1].rule.level = Level::warn;
    const auto result = verdict::analyse_power(judged(rows), verdict::Correction::holm);
    CHECK(result.policy_power->rows == 1);
    CHECK_THAT(result.policy_power->blocked_unchanged, WithinAbs(0.05, 0.006));
    CHECK(result.rows[1].unchanged_blocked_in_run);
}

TEST_CASE("a limit that noise breaks blocks an unchanged model", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.03);
    row.rule.minimum = verdict::Limit{0.9};
    row.comparison->candidate_interval = stats::Interval{0.88355, 0.91645, 0.95};
    const auto result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK_THAT(result.policy_power->blocked_unchanged, WithinAbs(0.5, 0.015));
}

TEST_CASE("a blocking row with unknown noise is named as left out", "[verdict]") {
    verdict::CheckResult bare = normal_row("bare", 0.9, 0.01, 0.02);
    bare.comparison->uncertainty_known = false;
    const auto result = verdict::analyse_power(judged({bare, normal_row("auc", 0.9, 0.01, 0.02)}),
                                               verdict::Correction::holm);
    CHECK(result.policy_power->rows == 1);
    CHECK(result.policy_power->unknown == std::vector<std::string>{"bare"});
    CHECK_FALSE(verdict::analyse_power(judged({bare}), verdict::Correction::holm).policy_power);
    // With nothing else, nothing is known.
    const auto alone = verdict::analyse_power(judged({bare}), verdict::Correction::holm);
    CHECK(alone.answer == PowerAnswer::could_not_analyse);
    CHECK(alone.warnings.front().code == "nothing_analysed");
}

TEST_CASE("a check that cannot fail is exit 1, one that was not looked at is exit 2", "[verdict]") {
    const verdict::CheckResult good = normal_row("auc", 0.9, 0.01, 0.02);
    const verdict::CheckResult toothless = normal_row("loose", 0.6, 0.01, 0.7);
    CHECK(verdict::exit_code(
              verdict::analyse_power(judged({good}), verdict::Correction::holm).answer) == 0);
    CHECK(
        verdict::exit_code(
            verdict::analyse_power(judged({good, toothless}), verdict::Correction::holm).answer) ==
        1);
    for (const Status status : {Status::missing, Status::incomparable, Status::error,
                                Status::no_baseline, Status::new_metric}) {
        verdict::CheckResult lost = good;
        lost.status = status;
        lost.comparison.reset();
        lost.reason = "gone";
        const auto result = verdict::analyse_power(judged({good, lost}), verdict::Correction::holm);
        CHECK(verdict::exit_code(result.answer) == 2);
        CHECK(warns(result.rows[1], "not_compared"));
    }
    CHECK(verdict::exit_code(
              verdict::analyse_power(judged({}), verdict::Correction::holm).answer) == 2);
}

TEST_CASE("a policy in which nothing blocks cannot fail", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.rule.level = Level::warn;
    const auto result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK(result.answer == PowerAnswer::cannot_fail);
    REQUIRE(result.warnings.size() == 1);
    CHECK(result.warnings[0].code == "nothing_blocks");
}

TEST_CASE("other corrections than Holm are simulated as they judge", "[verdict]") {
    const std::vector<verdict::CheckResult> rows(4, normal_row("auc", 0.9, 0.01, 0.016));
    const auto caught = [&](verdict::Correction correction) {
        const auto result = verdict::analyse_power(judged(rows), correction);
        CHECK(result.policy_power->correction == correction);
        return result.policy_power->drops[0].blocked;
    };
    const double holm = caught(verdict::Correction::holm);
    CHECK(caught(verdict::Correction::hochberg) >= holm);
    CHECK(caught(verdict::Correction::benjamini_hochberg) > holm);
    CHECK(caught(verdict::Correction::benjamini_yekutieli) < holm);
    CHECK(caught(verdict::Correction::none) > holm);
}

TEST_CASE("bounds that a method widened pass and block less", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.012);
    const RowPower plain = verdict::row_power(row);
    comparison::Comparison& c = *row.comparison;
    const auto against_margin = [&c] {
        c.margin->lower = c.interval->lower + 0.012;
        c.margin->upper = c.interval->upper + 0.012;
    };
    c.interval->lower *= 1.2;
    against_margin();
    const RowPower lower = verdict::row_power(row);
    CHECK(lower.unchanged->pass < plain.unchanged->pass - 0.05);
    CHECK(lower.unchanged->regressed == plain.unchanged->regressed);
    c.interval->lower /= 1.2;
    c.interval->upper *= 1.2;
    against_margin();
    const RowPower upper = verdict::row_power(row);
    CHECK_THAT(upper.unchanged->pass, WithinAbs(plain.unchanged->pass, 1e-12));
    // Phi(-1.2 * 1.645)
    CHECK_THAT(upper.unchanged->regressed, WithinAbs(0.02421, 1e-4));
    const auto run = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK_THAT(run.policy_power->blocked_unchanged, WithinAbs(0.0242, 0.004));
}

TEST_CASE("what no candidate can lose is known only where the metric's range is", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.7);
    CHECK(*verdict::largest_loss(row) == 0.6);
    row.comparison->baseline = metrics::Value::undefined("not there");
    CHECK_FALSE(verdict::largest_loss(row));
    row.comparison->baseline = metrics::Value::of(-0.1);
    CHECK_FALSE(verdict::largest_loss(row));
    row.comparison.reset();
    CHECK_FALSE(verdict::largest_loss(row));
    CHECK(verdict::unable_to_fail(row).empty());
}

TEST_CASE("of a metric of one's own nothing is said to be impossible", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.7);
    row.rule.name = row.rule.metric = "my own";
    CHECK(verdict::unable_to_fail(row).empty());
    row.rule.margin = {};
    row.comparison->margin.reset();
    row.rule.max_gain = 0.9;
    CHECK(verdict::unable_to_fail(row).empty());
    row.rule.max_gain.reset();
    row.rule.minimum = verdict::Limit{0.0};
    CHECK(verdict::unable_to_fail(row).empty());
}

TEST_CASE("a bound on gains alone cannot fail where no gain is so large", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.7);
    row.rule.margin = {};
    row.rule.max_gain = 0.4;
    CHECK(verdict::unable_to_fail(row) == "a gain above 0.4 is impossible");
    row.rule.max_gain = 0.3;
    CHECK(verdict::unable_to_fail(row).empty());
    row.comparison->baseline = metrics::Value::undefined("not there");
    row.rule.max_gain = 0.4;
    CHECK(verdict::unable_to_fail(row).empty());
}

TEST_CASE("an improvement that is asked for fails by any loss, whatever the margin beside it",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.6, 0.01, 0.7);
    row.rule.require = verdict::Require::improvement;
    CHECK(verdict::unable_to_fail(row).empty());
}

TEST_CASE("a lack that no other candidate ends is one of the data", "[verdict]") {
    for (const auto& [of, unable] : {std::pair("examples", true),
                                     {"positives", true},
                                     {"negatives", true},
                                     {"clusters", true},
                                     {"runs per side", true},
                                     {"examples of class cat", true},
                                     {"discordant pairs", false}}) {
        CAPTURE(of);
        verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
        row.comparison->insufficient = comparison::Insufficient{of, 3, 30};
        CHECK(verdict::unable_to_fail(row).empty() != unable);
    }
}
