// The decision rule, step by step, with a row's own numbers.
#include "verdict/decision.h"

#include "support/catch.h"
#include "verdict/judge.h"

using namespace metricgate;
using comparison::Comparison;
using verdict::CheckResult;
using verdict::decision_steps;
using verdict::Rule;

namespace {

Rule rule_with_margin(double margin) {
    Rule rule;
    rule.id = "accuracy";
    rule.margin.absolute = margin;
    return rule;
}

Comparison compared(double delta, double lower, double upper, double margin) {
    Comparison comparison;
    comparison.baseline = metrics::Value::of(0.9);
    comparison.candidate = metrics::Value::of(0.9 + delta);
    comparison.delta = delta;
    comparison.interval = stats::Interval{lower, upper, 0.95};
    comparison.margin =
        comparison::AgainstMargin{margin, delta + margin, lower + margin, upper + margin};
    comparison.p_no_loss = 0.01;
    return comparison;
}

std::string last_finding(const CheckResult& row) {
    const auto steps = decision_steps(row);
    REQUIRE_FALSE(steps.empty());
    return steps.back().question + " " + steps.back().finding;
}

}  // namespace

TEST_CASE("a pass ends with the loss that is ruled out", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(0.0, -0.01, 0.01, 0.02));
    CHECK(last_finding(row) ==
          "Is a loss beyond the margin ruled out? the lower end -0.01 against -0.02: yes");
}

TEST_CASE("a regression asks for noise, for the margin and for the correction", "[verdict]") {
    auto row = judge(rule_with_margin(0.02), compared(-0.03, -0.05, -0.01, 0.02));
    row.adjusted_p = 0.04;
    const auto steps = decision_steps(row);
    std::string text;
    for (const auto& step : steps) {
        text += step.question + " " + step.finding + "\n";
    }
    CHECK(text ==
          "Could both sides be compared? yes\n"
          "Is there enough data? yes\n"
          "Is a loss beyond the margin ruled out? the lower end -0.05 against -0.02: no\n"
          "Is the loss real, beyond noise? the upper end -0.01 against 0: yes\n"
          "Does the loss reach the margin? the change -0.03 against -0.02: yes\n"
          "Is it beyond the margin, beyond noise (confirmed)? the upper end of the change and the "
          "margin together is 0.01: no\n"
          "Does the claim survive the correction for several checks? p 0.01, corrected 0.04, "
          "against 0.05: yes\n");
}

TEST_CASE("an undecided row ends where the question stays open", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(-0.01, -0.03, 0.01, 0.02));
    CHECK(row.status == verdict::Status::inconclusive);
    CHECK(last_finding(row) ==
          "Does the loss reach the margin? the change -0.01 against -0.02: no");
}

TEST_CASE("broken limits, too little data and undefined values end the questions", "[verdict]") {
    Rule limited = rule_with_margin(0.02);
    limited.minimum = verdict::Limit{0.95, verdict::Bound::point};
    CHECK(last_finding(judge(limited, compared(0.0, -0.01, 0.01, 0.02))) ==
          "Does the candidate keep the limits? 0.9 against at least 0.95: no");
    Comparison few = compared(0.0, -0.01, 0.01, 0.02);
    few.insufficient = comparison::Insufficient{"positives", 3, 30};
    CHECK(last_finding(judge(rule_with_margin(0.02), few)) ==
          "Is there enough data? no: 3 positives, 30 are needed");
    Comparison undefined;
    undefined.problem = "undefined on the candidate: only one class";
    CHECK(last_finding(judge(rule_with_margin(0.02), undefined)) ==
          "Could both sides be compared? no: undefined on the candidate: only one class");
}

TEST_CASE("bare numbers are held against the margin without noise", "[verdict]") {
    Comparison bare = compared(-0.03, 0, 0, 0.02);
    bare.interval.reset();
    bare.uncertainty_known = false;
    CHECK(last_finding(judge(rule_with_margin(0.02), bare)) ==
          "Does the change stay within the margin? No uncertainty is known. the change -0.03 "
          "against -0.02: no");
}

TEST_CASE("a row without data says why", "[verdict]") {
    const auto row = verdict::explain(rule_with_margin(0.02), verdict::Status::missing,
                                      "the candidate has no metric 'accuracy'");
    CHECK(last_finding(row) == "Could it be judged? no: the candidate has no metric 'accuracy'");
}

TEST_CASE("a drift is held against its limit and against chance", "[verdict]") {
    Rule rule;
    rule.id = "psi";
    rule.higher_is_better = false;
    rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    Comparison comparison;
    comparison.noise = metrics::Noise{0.01, 0.02, 0.5};
    comparison.candidate = metrics::Value::of(0.3);
    CHECK(last_finding(verdict::judge(rule, comparison)) ==
          "Is it beyond what chance alone reaches? 0.3 against the noise level 0.02: yes");
    comparison.noise->level = 0.7;
    CHECK(last_finding(verdict::judge(rule, comparison)) ==
          "Does the limit lie above the noise level? 0.2 against 0.7: no");
    comparison.insufficient = comparison::Insufficient{"values per side", 5, 30};
    CHECK(last_finding(verdict::judge(rule, comparison)) ==
          "Is there enough data? no: 5 values per side, 30 are needed");
}
