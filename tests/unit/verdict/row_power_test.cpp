// What is said of rows whose chances are not those of an interval: charts, budgets, drifts.
#include "support/catch.h"
#include "support/power_rows.h"

using namespace metricgate;
using tests::judged;
using tests::normal_row;
using tests::outcome_row;
using tests::warns;
using verdict::Level;
using verdict::PowerAnswer;
using verdict::RowPower;
using verdict::Status;

namespace {

std::string text_of(const RowPower& row, const std::string& code) {
    for (const comparison::Note& note : row.warnings) {
        if (note.code == code) {
            return note.text;
        }
    }
    return "";
}

verdict::CheckResult charted() {
    verdict::CheckResult row;
    row.rule.id = "nightly";
    row.rule.chart = comparison::ChartOptions{};
    row.status = Status::pass;
    row.comparison.emplace();
    row.comparison->candidate = metrics::Value::of(0.9);
    row.comparison->chart.emplace().sigma = 0.02;
    return row;
}

verdict::CheckResult drifted(Status status) {
    verdict::CheckResult row;
    row.rule.id = row.rule.name = row.rule.metric = "psi";
    row.rule.maximum = verdict::Limit{0.2};
    row.status = status;
    row.reason = "this limit cannot be policed";
    row.comparison.emplace();
    row.comparison->candidate = metrics::Value::of(0.1);
    row.comparison->noise = metrics::Noise{0.01, 0.4, 0.5};
    return row;
}

}  // namespace

TEST_CASE("of rules that ring together only a bound of the length is told", "[verdict]") {
    verdict::CheckResult row = charted();
    row.rule.chart->rules = {stats::RunRule::beyond_three_sigma, stats::RunRule::six_trending};
    const std::string text = text_of(verdict::row_power(row), "run_lengths");
    CHECK(text.find(" points or more (sum of the rules' rates)") != std::string::npos);
}

// 1 / (1 - Phi(3)) = 740.8, 1 / (1 - Phi(2.5)) = 161.0, 1 / (1 - Phi(2)) = 44.0,
// 1 / (1 - Phi(1)) = 6.3.
TEST_CASE("a chart tells how long it runs until it rings", "[verdict]") {
    verdict::CheckResult row = charted();
    RowPower power = verdict::row_power(row);
    CHECK(power.unknown == "a chart has run lengths, no chances of one evaluation");
    CHECK(text_of(power, "run_lengths") ==
          "this chart rings by chance once in about 741 points (exact); a level worse by 0.5 sigma "
          "(0.01) rings after about 161 points; a level worse by 1 sigma (0.02) rings after about "
          "44 points; a level worse by 2 sigma (0.04) rings after about 6 points");
    row.comparison->chart->sigma = 0.0;
    CHECK(text_of(verdict::row_power(row), "run_lengths").find("0.5 sigma rings") !=
          std::string::npos);
    row.comparison->chart.reset();
    CHECK(text_of(verdict::row_power(row), "run_lengths").find("0.5 sigma rings") !=
          std::string::npos);
    row.rule.chart->type = comparison::ChartType::moving_average;
    CHECK(text_of(verdict::row_power(row), "run_lengths") ==
          "this chart rings by chance once in about 1,061 points (simulated)");
    row.comparison.reset();
    CHECK(warns(verdict::row_power(row), "run_lengths"));
    CHECK(verdict::analyse_power(judged({charted()}), verdict::Correction::holm).answer ==
          PowerAnswer::analysed);
}

TEST_CASE("a chart with too few points stays inconclusive", "[verdict]") {
    verdict::CheckResult row = charted();
    row.reason = "too little history to judge: has 7, needs at least 20 points";
    CHECK_FALSE(warns(verdict::row_power(row), "too_little_data"));
    row.comparison->insufficient = comparison::Insufficient{"points", 7, 20};
    CHECK(text_of(verdict::row_power(row), "too_little_data") ==
          "this check stays inconclusive on this data: " + row.reason);
}

TEST_CASE("a budget has no chances, and says that it counts noise, too", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.rule.margin = {};
    row.rule.budget = verdict::Budget{0.05, {}, false};
    const RowPower power = verdict::row_power(row);
    CHECK(power.unknown == "a budget has no chances of one evaluation");
    CHECK(text_of(power, "no_uncertainty").starts_with("a budget sums up every loss"));
}

TEST_CASE("a drift whose limit lies below the noise is named, one that passes is not",
          "[verdict]") {
    CHECK(text_of(verdict::row_power(drifted(Status::inconclusive)), "limit_below_noise") ==
          "this limit cannot be policed");
    const RowPower passed = verdict::row_power(drifted(Status::pass));
    CHECK(passed.warnings.empty());
    verdict::CheckResult bare = drifted(Status::pass);
    bare.comparison->noise.reset();
    bare.comparison->uncertainty_known = false;
    CHECK(warns(verdict::row_power(bare), "no_uncertainty"));
}

TEST_CASE("an improvement that is asked for has no losses of a margin", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.rule.margin = {};
    row.rule.require = verdict::Require::improvement;
    row.margin.reset();
    row.comparison->margin.reset();
    row.comparison->n_needed.reset();
    row.comparison->mde.reset();
    const RowPower power = verdict::row_power(row);
    CHECK(power.drops.empty());
    CHECK_THAT(*power.smallest_shown, WithinAbs(0.024865, 1e-6));
    // Twice over: 1.645 standard errors to be real, .84 to be so in 80 of 100.
    CHECK_THAT(*power.smallest_blocked, WithinAbs(0.024865, 1e-5));
    CHECK_THAT(power.unchanged->pass, WithinAbs(0.05, 1e-6));
    const auto run = verdict::analyse_power(judged({row}), verdict::Correction::none);
    CHECK_THAT(run.policy_power->passed_unchanged, WithinAbs(0.05, 0.006));
    CHECK_THAT(run.policy_power->blocked_unchanged, WithinAbs(0.05, 0.006));
}

TEST_CASE("clusters are the unit only where there are some, and without a margin need no number",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.comparison->facts = {{"clusters", 0.0}};
    CHECK(verdict::row_power(row).n_unit == "examples");
    row.comparison->facts = {{"pairs", 3.0}, {"clusters", 40.0}};
    CHECK(verdict::row_power(row).n == 40);
    row.margin.reset();
    CHECK_FALSE(verdict::row_power(row).n_needed);
    row.margin = 0.02;
    row.comparison->standard_error.reset();
    CHECK_FALSE(verdict::row_power(row).n_needed);
}

TEST_CASE("only a t interval of the examples themselves asks for more of them than a normal one",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02, 50);
    const auto normal = *row.comparison->n_needed;
    CHECK(*verdict::row_power(row).n_needed == normal);
    row.comparison->degrees_of_freedom = 49.0;
    CHECK(*verdict::row_power(row).n_needed > normal);
    for (const double other : {30.0, 500.0}) {
        row.comparison->degrees_of_freedom = other;
        CHECK(*verdict::row_power(row).n_needed == normal);
    }
    row.comparison->n_needed.reset();
    CHECK_FALSE(verdict::row_power(row).n_needed);
}

TEST_CASE("a policy of which nothing is known, and one that was compared with nothing, say so",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.rule.level = Level::info;
    row.status = Status::missing;
    row.comparison.reset();
    verdict::GateResult result = judged({normal_row("auc", 0.9, 0.01, 0.02), row});
    CHECK(verdict::analyse_power(result, verdict::Correction::holm).answer ==
          PowerAnswer::analysed);
    result.checks[1].rule.level = Level::off;
    CHECK(verdict::analyse_power(result, verdict::Correction::holm).answer ==
          PowerAnswer::analysed);
    result.checks[1].rule.level = Level::warn;
    CHECK(verdict::analyse_power(result, verdict::Correction::holm).answer ==
          PowerAnswer::could_not_analyse);
    result.checks.pop_back();
    result.not_compared = true;
    const auto first = verdict::analyse_power(result, verdict::Correction::holm);
    CHECK(first.answer == PowerAnswer::could_not_analyse);
    REQUIRE(first.warnings.size() == 1);
    CHECK(first.warnings.front().code == "not_compared");
}

TEST_CASE("a check that is skipped blocks nothing", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.status = Status::skipped;
    row.comparison.reset();
    row.reason = "left out by `when`";
    const auto result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK(result.answer == PowerAnswer::cannot_fail);
    CHECK(result.warnings.front().code == "nothing_blocks");
    for (const Status status : {Status::waived, Status::violated, Status::regressed}) {
        CHECK_FALSE(warns(verdict::row_power([&] {
                              verdict::CheckResult other = row;
                              other.status = status;
                              return other;
                          }()),
                          "not_compared"));
    }
}

TEST_CASE("answers have names and exit codes, and one that nobody knows is no analysis",
          "[verdict]") {
    CHECK(verdict::name(PowerAnswer::analysed) == std::string("analysed"));
    CHECK(verdict::name(PowerAnswer::cannot_fail) == std::string("cannot_fail"));
    CHECK(verdict::name(PowerAnswer::could_not_analyse) == std::string("could_not_analyse"));
    CHECK(verdict::name(static_cast<PowerAnswer>(99)) == std::string("could_not_analyse"));
    CHECK(verdict::exit_code(static_cast<PowerAnswer>(99)) == 2);
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.02);
    row.status = static_cast<Status>(99);
    CHECK(warns(verdict::row_power(row), "not_compared"));
    row.rule.slice = {{"device", "phone"}, {"language", "tr"}};
    CHECK(verdict::label(row.rule) == "auc [device=phone, language=tr]");
}

TEST_CASE("few runs draw their own error in the run, and pass as often as by themselves",
          "[verdict]") {
    verdict::CheckResult row = normal_row("runs", 0.9, 0.01, 0.03, 5);
    const double reach = stats::student_t_quantile(0.95, 4.0) * 0.01;
    row.comparison->degrees_of_freedom = 4.0;
    row.comparison->interval = stats::Interval{-reach, reach, 0.95};
    row.comparison->margin = comparison::AgainstMargin{0.03, 0.03, 0.03 - reach, 0.03 + reach};
    auto result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK_THAT(result.policy_power->passed_unchanged,
               WithinAbs(result.rows[0].unchanged->pass, 0.015));
    CHECK_THAT(result.policy_power->blocked_unchanged,
               WithinAbs(result.rows[0].unchanged->regressed, 0.006));
    row.comparison->degrees_of_freedom = 400.0;
    result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK_THAT(result.policy_power->passed_unchanged,
               WithinAbs(result.rows[0].unchanged->pass, 0.015));
}

TEST_CASE("a limit whose noise is not known is broken in the run or not, and never by chance",
          "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.03);
    row.rule.minimum = verdict::Limit{0.85};  // a loss of two margins breaks it
    auto result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK(result.policy_power->blocked_unchanged < 0.01);
    CHECK(result.policy_power->drops[1].blocked == 1.0);
    row.rule.margin = {};
    row.comparison->margin.reset();
    row.margin.reset();
    row.rule.minimum = verdict::Limit{0.91};
    result = verdict::analyse_power(judged({row}), verdict::Correction::holm);
    CHECK(result.policy_power->blocked_unchanged == 1.0);
    CHECK(result.policy_power->passed_unchanged == 0.0);
    CHECK_FALSE(result.policy_power->drops[0].hardest);
}

TEST_CASE("of several checks the one that is caught least often is named", "[verdict]") {
    const auto result = verdict::analyse_power(
        judged({normal_row("sharp", 0.9, 0.004, 0.02), normal_row("blunt", 0.9, 0.02, 0.02),
                outcome_row("outcomes", 4000, 60, 60, 0.02)}),
        verdict::Correction::holm);
    REQUIRE(result.policy_power->drops[0].hardest);
    CHECK(*result.policy_power->drops[0].hardest == 1);
    CHECK(result.policy_power->drops[0].hardest_blocked == result.rows[1].drops[0].blocked_in_run);
}

TEST_CASE("a row without a p-value is corrected with no other", "[verdict]") {
    verdict::CheckResult row = normal_row("auc", 0.9, 0.01, 0.001);
    row.comparison->p_no_loss.reset();
    const std::vector<verdict::CheckResult> rows(4, row);
    const auto result = verdict::analyse_power(judged(rows), verdict::Correction::holm);
    REQUIRE(result.policy_power);
    CHECK(result.policy_power->rows == 4);
    CHECK(result.policy_power->blocked_unchanged < 0.06);
}
