// The self-test's report: what cannot go red is named with its reason.
#include "report/selftest_formats.h"
#include "report/selftest_renderers.h"
#include "report/selftest_words.h"
#include "support/catch.h"

using namespace metricgate;
using verdict::Ability;
using verdict::FaultAnswer;
using verdict::SelftestResult;
using verdict::SelftestRow;
using verdict::Status;

namespace {

SelftestRow red() {
    SelftestRow row;
    row.rule.id = "auc";
    row.ability = Ability::goes_red;
    row.damage = "scores moved to the wrong end of their range";
    row.change = -0.012;
    row.margin = 0.01;
    row.status = Status::regressed;
    row.faults = {
        {"nan", "one number replaced by NaN", FaultAnswer::Outcome::caught, Status::error},
        {"shrunken", "no list of examples", FaultAnswer::Outcome::does_not_apply, {}}};
    return row;
}

SelftestRow dead() {
    SelftestRow row;
    row.rule.id = "accuracy";
    row.ability = Ability::cannot_go_red;
    row.damage = "right predictions made wrong";
    row.margin = 1.0;
    row.mde = 0.024;
    row.status = Status::pass;
    row.reason = "passes even with the candidate at 0: a loss beyond the margin is ruled out";
    return row;
}

SelftestResult both() {
    SelftestResult result;
    result.rows = {dead(), red()};
    result.policy.source = "policy.yaml";
    verdict::conclude(result);
    return result;
}

}  // namespace

TEST_CASE("every form of a self-test's report bears its mark", "[report]") {
    for (const report::SelftestFormat& format : report::selftest_formats()) {
        const std::string rendered = format.render(both(), {});
        CHECK(rendered.substr(0, 200).find(format.mark) != std::string::npos);
        CHECK(report::is_report(rendered, "json"));
    }
}

TEST_CASE("a terminal names what cannot go red, and why", "[report]") {
    CHECK(report::render_selftest_text(both(), {}) ==
          R"(metricgate selftest: 1 of 2 checks can go red; 1 cannot.

A copy of the candidate that equals the baseline was damaged step by step in memory; the first step
that turned a check red is shown. A change with a minus is worse.
Policy policy.yaml.

CANNOT GO RED  accuracy
               right predictions made wrong: passes even with the candidate at 0: a loss beyond the
               margin is ruled out; margin 1; the smallest drop this data can show is 0.024
goes red       auc
               scores moved to the wrong end of their range: red at a change of -0.012, 1.2 times
               the margin of 0.01 (regressed)
               nan caught (error); shrunken does not apply: no list of examples

Next step: A check that cannot go red guards nothing: tighten its margin or limit, or give it more
data.
)");
}

TEST_CASE("a fault that gets through is named before everything else of the row", "[report]") {
    SelftestRow row = red();
    row.faults[0].outcome = FaultAnswer::Outcome::not_caught;
    row.faults[0].status = Status::pass;
    CHECK(report::ability_words(row) == "MISSES A FAULT");
    CHECK(report::fault_words(row.faults[0]) == "NOT CAUGHT (pass)");
}

TEST_CASE("no hostile name of a check or slice reaches a reader as a command", "[report]") {
    SelftestResult result = both();
    result.rows[0].rule.id = "a|b\x1b[31m<img src=x>\n::error::";
    result.rows[0].rule.slice = {{"group", "@team #1 `x`"}};
    for (const std::string& text :
         {report::render_selftest_text(result, {}), report::render_selftest_markdown(result, {}),
          report::render_selftest_json(result, {})}) {
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\n::") == std::string::npos);
    }
    CHECK(report::render_selftest_markdown(result, {}).find("| <img") == std::string::npos);
}
