#include "verdict/judge.h"

#include "support/catch.h"

#include <algorithm>
#include <limits>

using namespace metricgate;
using comparison::Comparison;
using verdict::CheckResult;
using verdict::judge;
using verdict::Rule;
using verdict::Status;

namespace {

Rule rule_with_margin(double margin) {
    Rule rule;
    rule.id = rule.metric = rule.name = "accuracy";
    rule.margin.absolute = margin;
    return rule;
}

/// A comparison judged by an interval, with an absolute margin.
Comparison compared(double delta, double lower, double upper, double margin) {
    Comparison comparison;
    comparison.baseline = metrics::Value::of(0.9);
    comparison.candidate = metrics::Value::of(0.9 + delta);
    comparison.delta = delta;
    comparison.interval = stats::Interval{lower, upper, 0.95};
    comparison.margin =
        comparison::AgainstMargin{margin, delta + margin, lower + margin, upper + margin};
    comparison.p_no_loss = 0.5;
    comparison.n = 1000;
    comparison.method = "tango";
    return comparison;
}

bool has_note(const CheckResult& row, const std::string& code) {
    return std::any_of(row.notes.begin(), row.notes.end(),
                       [&](const auto& note) { return note.code == code; });
}

}  // namespace

TEST_CASE("a loss beyond the margin that is ruled out passes", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(0.0, -0.01, 0.01, 0.02));
    CHECK(row.status == Status::pass);
    CHECK(row.evaluated);
    CHECK(row.margin == 0.02);
}

TEST_CASE("a lower bound exactly at the margin does not pass", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(0.0, -0.02, 0.02, 0.02));
    CHECK(row.status == Status::inconclusive);
}

TEST_CASE("a pass says whether the candidate improved or lost within the margin", "[verdict]") {
    CHECK(has_note(judge(rule_with_margin(0.02), compared(0.02, 0.01, 0.03, 0.02)), "improved"));
    CHECK(has_note(judge(rule_with_margin(0.02), compared(-0.01, -0.015, -0.005, 0.02)),
                   "worse_within_margin"));
}

TEST_CASE(
    "a real drop that reaches the margin is regressed, and confirmed when its good end is beyond",
    "[verdict]") {
    const auto reached = judge(rule_with_margin(0.02), compared(-0.03, -0.05, -0.01, 0.02));
    CHECK(reached.status == Status::regressed);
    CHECK_FALSE(reached.confirmed);
    const auto beyond = judge(rule_with_margin(0.02), compared(-0.05, -0.07, -0.03, 0.02));
    CHECK(beyond.status == Status::regressed);
    CHECK(beyond.confirmed);
}

TEST_CASE("a real drop short of the margin is inconclusive and noted", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(-0.015, -0.025, -0.005, 0.02));
    CHECK(row.status == Status::inconclusive);
    CHECK(row.leans == "ok");
    CHECK(has_note(row, "drop_shown"));
}

TEST_CASE("a drop at the margin that could be noise leans worse", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(-0.03, -0.07, 0.01, 0.02));
    CHECK(row.status == Status::inconclusive);
    CHECK(row.leans == "worse");
}

TEST_CASE("an interval that does not contain its estimate decides nothing", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(-0.001, 0.0, 0.01, 0.02));
    CHECK(row.status == Status::inconclusive);
    CHECK(has_note(row, "estimate_outside_interval"));
}

TEST_CASE("an interval with a NaN end decides nothing", "[verdict]") {
    auto comparison = compared(0.0, -0.01, 0.01, 0.02);
    comparison.interval->lower = std::numeric_limits<double>::quiet_NaN();
    comparison.margin->lower = std::numeric_limits<double>::quiet_NaN();
    CHECK(judge(rule_with_margin(0.02), comparison).status == Status::inconclusive);
}

TEST_CASE("a bound against the margin that is no number decides nothing", "[verdict]") {
    for (const double unusable :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        auto comparison = compared(0.0, -0.01, 0.01, 0.02);
        comparison.margin->lower = unusable;
        CHECK(judge(rule_with_margin(0.02), comparison).status == Status::inconclusive);
    }
}

TEST_CASE("a problem of the comparison is an error with its reason", "[verdict]") {
    Comparison comparison;
    comparison.problem = "the baseline's value is undefined: one class only";
    const auto row = judge(rule_with_margin(0.02), comparison);
    CHECK(row.status == Status::error);
    CHECK(row.reason == comparison.problem);
}

TEST_CASE("an undefined candidate is an error even where only limits apply", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.margin.absolute.reset();
    rule.minimum = verdict::Limit{0.5};
    CHECK(judge(rule, Comparison{}).status == Status::error);
}

TEST_CASE("a comparison without an interval is an error, never a pass", "[verdict]") {
    auto comparison = compared(0.1, 0.0, 0.2, 0.02);
    comparison.interval.reset();
    CHECK(judge(rule_with_margin(0.02), comparison).status == Status::error);
}

TEST_CASE("too little support is inconclusive with both numbers, before identity is looked at",
          "[verdict]") {
    auto comparison = compared(0.0, 0.0, 0.0, 0.02);
    comparison.identical = true;
    comparison.insufficient = comparison::Insufficient{"examples", 1, 30};
    const auto row = judge(rule_with_margin(0.02), comparison);
    CHECK(row.status == Status::inconclusive);
    CHECK(row.reason == "too little data to judge: has 1, needs at least 30 examples");
}

TEST_CASE("no value for want of labels is too little data, whatever limits ask", "[verdict]") {
    Comparison comparison;
    comparison.insufficient = comparison::Insufficient{"counted examples", 0, 30};
    Rule rule = rule_with_margin(0.02);
    rule.minimum = verdict::Limit{0.5};
    const auto row = judge(rule, comparison);
    CHECK(row.status == Status::inconclusive);
    CHECK(row.leans == "ok");
    CHECK(row.reason == "too little data to judge: has 0, needs at least 30 counted examples");
    CHECK(verdict::judge_without_baseline(rule, comparison).status == Status::inconclusive);
    comparison.insufficient.reset();
    CHECK(judge(rule, comparison).status == Status::error);
}

TEST_CASE("identical evidence passes and says so, but shows no improvement", "[verdict]") {
    auto comparison = compared(0.0, 0.0, 0.0, 0.02);
    comparison.identical = true;
    CHECK(judge(rule_with_margin(0.02), comparison).status == Status::pass);
    Rule rule = rule_with_margin(0.0);
    rule.require = verdict::Require::improvement;
    CHECK(judge(rule, comparison).status == Status::inconclusive);
}

TEST_CASE("degenerate evidence is inconclusive, never a pass", "[verdict]") {
    auto comparison = compared(0.0, 0.0, 0.0, 0.02);
    comparison.degenerate = true;
    CHECK(judge(rule_with_margin(0.02), comparison).status == Status::inconclusive);
}

TEST_CASE("a required improvement passes only when the interval lies above zero", "[verdict]") {
    Rule rule = rule_with_margin(0.0);
    rule.margin.absolute.reset();
    rule.require = verdict::Require::improvement;
    auto shown = compared(0.02, 0.01, 0.03, 0.0);
    shown.margin.reset();
    CHECK(judge(rule, shown).status == Status::pass);
    auto open = compared(0.02, -0.01, 0.05, 0.0);
    open.margin.reset();
    CHECK(judge(rule, open).status == Status::inconclusive);
    auto worse = compared(-0.02, -0.03, -0.01, 0.0);
    worse.margin.reset();
    CHECK(judge(rule, worse).status == Status::regressed);
}

TEST_CASE("bare scalars are judged by the band: the margin itself still passes", "[verdict]") {
    auto comparison = compared(-0.01, -0.01, -0.01, 0.01);
    comparison.uncertainty_known = false;
    comparison.interval.reset();
    comparison.margin = comparison::AgainstMargin{0.01, 0.0, 0.0, 0.0};
    const auto at = judge(rule_with_margin(0.01), comparison);
    CHECK(at.status == Status::pass);
    CHECK(at.reason.find("no uncertainty known") != std::string::npos);
    comparison.margin->estimate = -0.001;
    CHECK(judge(rule_with_margin(0.01), comparison).status == Status::regressed);
}

TEST_CASE("a broken limit is violated whatever the change says, and an inherited breach is named",
          "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.minimum = verdict::Limit{0.95};
    const auto row = judge(rule, compared(0.01, 0.005, 0.015, 0.02));
    CHECK(row.status == Status::violated);
    CHECK(row.reason.find("also broken at the baseline: 0.9") != std::string::npos);
}

TEST_CASE("a value equal to its limit holds, a few ulp aside", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.margin.absolute.reset();
    rule.minimum = verdict::Limit{0.3};
    Comparison comparison;
    comparison.candidate = metrics::Value::of(0.1 + 0.2);
    CHECK(judge(rule, comparison).status == Status::pass);
    rule.maximum = verdict::Limit{0.3};
    CHECK(judge(rule, comparison).status == Status::pass);
    rule.maximum = verdict::Limit{0.2999};
    CHECK(judge(rule, comparison).status == Status::violated);
}

TEST_CASE("a limit on a bound takes the candidate's own interval, and is an error without one",
          "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.minimum = verdict::Limit{0.85, verdict::Bound::lower};
    auto comparison = compared(0.0, -0.01, 0.01, 0.02);
    CHECK(judge(rule, comparison).status == Status::error);
    comparison.candidate_interval = stats::Interval{0.84, 0.95, 0.95};
    CHECK(judge(rule, comparison).status == Status::violated);
    comparison.candidate_interval->lower = 0.86;
    CHECK(judge(rule, comparison).status == Status::pass);
    comparison.candidate_interval->lower = std::numeric_limits<double>::infinity();
    CHECK(judge(rule, comparison).status == Status::error);
}

TEST_CASE("a gain beyond max_gain is violated", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.max_gain = 0.1;
    CHECK(judge(rule, compared(0.2, 0.19, 0.21, 0.02)).status == Status::violated);
    CHECK(judge(rule, compared(0.05, 0.04, 0.06, 0.02)).status == Status::pass);
}

TEST_CASE("without a baseline limits are judged and margins are not", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    Comparison candidate;
    candidate.candidate = metrics::Value::of(0.9);
    CHECK(judge_without_baseline(rule, candidate).status == Status::no_baseline);
    CHECK_FALSE(judge_without_baseline(rule, candidate).limit_judged);
    rule.minimum = verdict::Limit{0.8};
    const auto held = judge_without_baseline(rule, candidate);
    CHECK(held.status == Status::no_baseline);
    CHECK(held.limit_judged);
    rule.minimum = verdict::Limit{0.95};
    CHECK(judge_without_baseline(rule, candidate).status == Status::violated);
}

namespace {

/// Within `margin` in either direction is wanted.
CheckResult judged_equivalence(double delta, double lower, double upper, double margin) {
    Rule rule = rule_with_margin(margin);
    rule.require = verdict::Require::equivalence;
    Comparison comparison = compared(delta, lower, upper, margin);
    comparison.against_gain =
        comparison::AgainstMargin{margin, delta - margin, lower - margin, upper - margin};
    return judge(rule, comparison);
}

}  // namespace

TEST_CASE("equivalence passes only when the interval lies within the margin on both sides",
          "[verdict]") {
    CHECK(judged_equivalence(0.001, -0.01, 0.012, 0.02).status == Status::pass);
    CHECK(judged_equivalence(0.001, -0.01, 0.012, 0.02).reason ==
          "a change beyond the margin is ruled out");
    CHECK(judged_equivalence(0.01, -0.005, 0.02, 0.02).status == Status::inconclusive);
    CHECK(judged_equivalence(-0.01, -0.02, 0.005, 0.02).status == Status::inconclusive);
    CHECK(judged_equivalence(0.0, -0.05, 0.05, 0.02).status == Status::inconclusive);
}

TEST_CASE("a gain beyond the margin violates an equivalence once it is shown", "[verdict]") {
    const auto shown = judged_equivalence(0.05, 0.03, 0.07, 0.02);
    CHECK(shown.status == Status::violated);
    CHECK(shown.reason ==
          "no change beyond the margin is allowed, and the gain exceeds it, beyond noise");
    const auto open = judged_equivalence(0.05, 0.01, 0.09, 0.02);
    CHECK(open.status == Status::inconclusive);
    CHECK(open.reason == "the gain reaches the margin, but could still be noise");
    const auto possible = judged_equivalence(0.01, 0.001, 0.03, 0.02);
    CHECK(possible.reason == "a gain beyond the margin cannot be ruled out");
}

TEST_CASE("a loss is judged under equivalence as under any margin", "[verdict]") {
    CHECK(judged_equivalence(-0.03, -0.05, -0.01, 0.02).status == Status::regressed);
    CHECK(judged_equivalence(-0.05, -0.06, -0.04, 0.02).confirmed);
}

TEST_CASE("equivalence without bounds for gains is an error, never a pass", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.require = verdict::Require::equivalence;
    CHECK(judge(rule, compared(0.0, -0.01, 0.01, 0.02)).status == Status::error);
    Comparison bare = compared(0.0, -0.01, 0.01, 0.02);
    bare.uncertainty_known = false;
    CHECK(judge(rule, bare).status == Status::error);
}

TEST_CASE("bare numbers are equivalent up to the margin in both directions", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.require = verdict::Require::equivalence;
    const auto with = [&](double delta) {
        Comparison comparison = compared(delta, delta, delta, 0.02);
        comparison.uncertainty_known = false;
        const double gain = delta - 0.02;
        comparison.against_gain = comparison::AgainstMargin{0.02, gain, gain, gain};
        return judge(rule, comparison).status;
    };
    CHECK(with(0.01) == Status::pass);
    CHECK(with(0.02) == Status::pass);
    CHECK(with(0.03) == Status::violated);
    CHECK(with(-0.03) == Status::regressed);
}

namespace {

/// A distance between distributions, held against `max`, with what chance alone reaches.
CheckResult distance(double value, double level, double limit) {
    Rule rule;
    rule.id = rule.metric = rule.name = "psi";
    rule.higher_is_better = false;
    rule.maximum = verdict::Limit{limit, verdict::Bound::point};
    Comparison comparison;
    comparison.candidate = metrics::Value::of(value);
    comparison.noise = metrics::Noise{level / 2.0, level, 1e-14};
    comparison.n = 1000;
    return judge(rule, comparison);
}

}  // namespace

TEST_CASE("a drift within its limit passes, however significant it is", "[verdict]") {
    const auto row = distance(0.04, 0.01, 0.2);
    CHECK(row.status == Status::pass);
    CHECK(row.reason == "the drift stays within the limit; chance alone stays below 0.01");
}

TEST_CASE("a drift beyond its limit and beyond noise violates it", "[verdict]") {
    const auto row = distance(0.25, 0.01, 0.2);
    CHECK(row.status == Status::violated);
    CHECK(row.reason == "the value 0.25 is above the maximum 0.2; chance alone stays below 0.01");
    CHECK(distance(0.9, 0.5, 0.2).status == Status::violated);
}

TEST_CASE("a limit below the noise level cannot be policed, and never passes", "[verdict]") {
    for (const double value : {0.0, 0.1, 0.3, 0.5}) {
        const auto row = distance(value, 0.5, 0.2);
        CHECK(row.status == Status::inconclusive);
        CHECK(row.leans == (value > 0.2 ? "worse" : "ok"));
        CHECK(row.reason ==
              "this limit cannot be policed with this sample size: the noise level is 0.5, so that "
              "samples without drift may reach it");
    }
}

TEST_CASE("a distance that is no number is an error, and so is one without data", "[verdict]") {
    Rule rule;
    rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    Comparison comparison;
    comparison.noise = metrics::Noise{};
    CHECK(judge(rule, comparison).status == Status::error);
    comparison.candidate = metrics::Value::of(0.5);
    comparison.insufficient = comparison::Insufficient{"values per side", 5, 30};
    CHECK(judge(rule, comparison).status == Status::inconclusive);
}

TEST_CASE("one more query is no more queries", "[verdict]") {
    Comparison comparison = compared(0.0, -0.03, 0.03, 0.02);
    comparison.n = 40;
    comparison.n_unit = "queries";
    comparison.n_needed = 41;
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "a loss beyond the margin cannot be ruled out; about 1 more query would decide");
    comparison.n_needed = 42;
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "a loss beyond the margin cannot be ruled out; about 2 more queries would decide");
}

TEST_CASE("a floor of one is named in the singular", "[verdict]") {
    Comparison comparison = compared(0.0, -0.03, 0.03, 0.02);
    comparison.insufficient = comparison::Insufficient{"counted examples", 0, 1};
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "too little data to judge: has 0, needs at least 1 counted example");
}
