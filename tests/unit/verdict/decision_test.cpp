// The decision rule, step by step, with a row's own numbers.
#include "unit/verdict/decision_fixtures.h"

using namespace metricgate;
using comparison::Comparison;
using test::compared;
using test::last_finding;
using test::rule_with_margin;
using test::text_of;
using verdict::Rule;

TEST_CASE("a pass ends with the loss that is ruled out", "[verdict]") {
    const auto row = judge(rule_with_margin(0.02), compared(0.0, -0.01, 0.01, 0.02));
    CHECK(last_finding(row) ==
          "Is a loss beyond the margin ruled out? the lower end -0.01 against -0.02: yes");
}

TEST_CASE("a regression asks for noise, for the margin and for the correction", "[verdict]") {
    auto row = judge(rule_with_margin(0.02), compared(-0.03, -0.05, -0.01, 0.02));
    row.adjusted_p = 0.04;
    CHECK(text_of(row) ==
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

TEST_CASE("limits that hold are said to hold, whatever else violates the rule", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.minimum = verdict::Limit{0.8};
    rule.maximum = verdict::Limit{0.99};
    rule.require = verdict::Require::equivalence;
    Comparison gained = compared(0.05, 0.03, 0.07, 0.02);
    gained.against_gain = comparison::AgainstMargin{0.02, 0.03, 0.01, 0.05};
    const auto row = judge(rule, gained);
    REQUIRE(row.status == verdict::Status::violated);
    CHECK(text_of(row) ==
          "Could both sides be compared? yes\n"
          "Does the candidate keep the limits? 0.95 against at least 0.8, 0.95 against at most "
          "0.99: yes\n"
          "Is there enough data? yes\n"
          "Is a loss beyond the margin ruled out? the lower end 0.03 against -0.02: yes\n"
          "Is a gain beyond the margin ruled out? the upper end of the change less the margin, "
          "0.05, against 0: no\n");
    gained = compared(0.01, -0.005, 0.015, 0.02);
    gained.against_gain = comparison::AgainstMargin{0.02, -0.01, -0.025, -0.005};
    CHECK(last_finding(judge(rule, gained)) ==
          "Is a gain beyond the margin ruled out? the upper end of the change less the margin, "
          "-0.005, against 0: yes");
    gained.against_gain.reset();
    CHECK(judge(rule, gained).status == verdict::Status::error);
    CHECK(last_finding(judge(rule, gained)) ==
          "Is a loss beyond the margin ruled out? the lower end -0.005 against -0.02: yes");
}

TEST_CASE("a limit on a bound is asked of that bound", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.minimum = verdict::Limit{0.85, verdict::Bound::lower};
    rule.maximum = verdict::Limit{0.93, verdict::Bound::upper};
    Comparison comparison = compared(0.0, -0.01, 0.01, 0.02);
    comparison.candidate_interval = stats::Interval{0.87, 0.94, 0.95};
    CHECK(last_finding(judge(rule, comparison)) ==
          "Does the candidate keep the limits? 0.87 (lower end) against at least 0.85, 0.94 (upper "
          "end) against at most 0.93: no");
    comparison.candidate_interval.reset();
    CHECK(last_finding(judge(rule, comparison)) ==
          "Does the candidate keep the limits? none against at least 0.85, none against at most "
          "0.93: the minimum is to be compared with the lower bound, but no interval of the "
          "candidate's own value is known; write `using: point` or record evidence with "
          "uncertainty");
    rule.minimum = verdict::Limit{0.85};
    rule.maximum.reset();
    comparison.candidate = metrics::Value::undefined("only one class");
    CHECK(last_finding(judge(rule, comparison)) ==
          "Does the candidate keep the limits? none against at least 0.85: the candidate's value "
          "is undefined: only one class");
    comparison.insufficient = comparison::Insufficient{"examples", 0, 30};
    CHECK(last_finding(judge(rule, comparison)) ==
          "Is there enough data? no: 0 examples, 30 are needed");
}

TEST_CASE("a gain too good to be believed ends the questions", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.max_gain = 0.05;
    CHECK(last_finding(judge(rule, compared(0.08, 0.07, 0.09, 0.02))) ==
          "Is the gain believable? the change 0.08 against max_gain 0.05: no");
    const auto held = text_of(judge(rule, compared(0.04, 0.03, 0.05, 0.02)));
    CHECK(held.find("Is the gain believable? the change 0.04 against max_gain 0.05: yes\n") !=
          std::string::npos);
    Rule only = rule_with_margin(0.02);
    only.margin.absolute.reset();
    only.max_gain = 0.05;
    Comparison comparison = compared(0.04, 0.03, 0.05, 0.02);
    comparison.margin.reset();
    CHECK(last_finding(judge(only, comparison)) == "Is there enough data? yes");
    Comparison first;
    first.candidate = metrics::Value::of(0.9);
    CHECK(last_finding(judge_without_baseline(only, first)) == "Is there enough data? yes");
    CHECK(last_finding(judge_without_baseline(rule_with_margin(0.02), first)) ==
          "Is there enough data? yes");
}

TEST_CASE("what keeps evidence from deciding is named", "[verdict]") {
    Comparison same = compared(0.0, 0.0, 0.0, 0.02);
    same.identical = true;
    CHECK(last_finding(judge(rule_with_margin(0.02), same)) ==
          "Do both sides hold the same evidence? yes, so nothing was lost");
    Rule better = rule_with_margin(0.02);
    better.margin.absolute.reset();
    better.require = verdict::Require::improvement;
    same.margin.reset();
    CHECK(last_finding(judge(better, same)) ==
          "Is the loss real, beyond noise? the upper end 0 against 0: no");
    Comparison degenerate = compared(0.0, 0.0, 0.0, 0.02);
    degenerate.degenerate = true;
    CHECK(last_finding(judge(rule_with_margin(0.02), degenerate)) ==
          "Can this evidence decide? no");
    for (const char* code : {"degenerate", "monte_carlo", "undefined_replicates"}) {
        degenerate.notes = {{code, "The reason."}, {"other", "Something else."}};
        CHECK(last_finding(judge(rule_with_margin(0.02), degenerate)) ==
              "Can this evidence decide? no: The reason.");
    }
}

TEST_CASE("a loss that is shown stands on data that are too few for a pass", "[verdict]") {
    Comparison lost = compared(-0.05, -0.07, -0.03, 0.02);
    lost.loss_claims_stand = true;
    lost.insufficient = comparison::Insufficient{"clusters", 4, 10};
    CHECK(text_of(judge(rule_with_margin(0.02), lost))
              .find("Is there enough data? not for a pass: 4 clusters, 10 are needed; a loss that "
                    "is shown stands\n") != std::string::npos);
    lost.insufficient.reset();
    lost.degenerate = true;
    CHECK(text_of(judge(rule_with_margin(0.02), lost))
              .find("Is there enough data? not for a pass; a loss that is shown stands\n") !=
          std::string::npos);
    lost.degenerate = false;
    CHECK(text_of(judge(rule_with_margin(0.02), lost)).find("Is there enough data? yes\n") !=
          std::string::npos);
}

TEST_CASE("an improvement is asked for against 0, with noise and without", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.margin.absolute.reset();
    rule.require = verdict::Require::improvement;
    Comparison comparison = compared(0.02, 0.01, 0.03, 0.02);
    comparison.margin.reset();
    CHECK(last_finding(judge(rule, comparison)) ==
          "Is the improvement shown? the lower end 0.01 against 0: yes");
    comparison = compared(-0.02, -0.03, -0.01, 0.02);
    auto row = judge(rule, comparison);
    CHECK(last_finding(row) ==
          "Is the loss real, beyond noise? the upper end -0.01 against 0: yes");
    row.adjusted_p = 0.06;
    CHECK(last_finding(row) ==
          "Does the claim survive the correction for several checks? p 0.01, corrected 0.06, "
          "against 0.05: no");
    row.comparison->p_no_loss.reset();
    CHECK(last_finding(row) ==
          "Is the loss real, beyond noise? the upper end -0.01 against 0: yes");
    comparison.uncertainty_known = false;
    CHECK(last_finding(judge(rule, comparison)) ==
          "Is it improved? the change -0.02 against 0: no");
}

TEST_CASE("bare numbers are equivalent where the gain stays within the margin, too", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.require = verdict::Require::equivalence;
    Comparison bare = compared(0.03, 0.03, 0.03, 0.02);
    bare.uncertainty_known = false;
    bare.against_gain = comparison::AgainstMargin{0.02, 0.01, 0.01, 0.01};
    CHECK(text_of(judge(rule, bare)) ==
          "Could both sides be compared? yes\n"
          "Is there enough data? yes\n"
          "Does the change stay within the margin? No uncertainty is known. the change 0.03 "
          "against -0.02: yes\n"
          "Does a gain stay within it, too? no\n");
    bare.against_gain->estimate = 0.0;  // the margin itself still passes
    CHECK(last_finding(judge(rule, bare)) == "Does a gain stay within it, too? yes");
    bare.margin.reset();
    CHECK(judge(rule, bare).status == verdict::Status::error);
    CHECK(last_finding(judge(rule, bare)) == "Is there enough data? yes");
}

TEST_CASE("a relative margin is part of the statistic", "[verdict]") {
    Rule rule = rule_with_margin(0.02);
    rule.margin.absolute.reset();
    rule.margin.relative = 0.05;
    Comparison comparison = compared(0.0, -0.01, 0.01, 0.045);
    CHECK(last_finding(judge(rule, comparison)) ==
          "Is a loss beyond the margin ruled out? the lower end of the change and the margin 0.045 "
          "together, 0.035, against 0: yes");
}

TEST_CASE("a confirmed loss ends with the margin where no other check is corrected with it",
          "[verdict]") {
    CHECK(last_finding(judge(rule_with_margin(0.02), compared(-0.05, -0.07, -0.03, 0.02))) ==
          "Is it beyond the margin, beyond noise (confirmed)? the upper end of the change and the "
          "margin together is -0.01: yes");
    // A loss that is real and smaller than the margin goes no further.
    CHECK(last_finding(judge(rule_with_margin(0.02), compared(-0.015, -0.025, -0.005, 0.02))) ==
          "Does the loss reach the margin? the change -0.015 against -0.02: no");
    // One that reaches it and may be noise neither.
    CHECK(last_finding(judge(rule_with_margin(0.02), compared(-0.03, -0.07, 0.01, 0.02))) ==
          "Does the loss reach the margin? the change -0.03 against -0.02: yes");
}

TEST_CASE("a row whose interval is missing is asked by its tolerance", "[verdict]") {
    Comparison comparison = compared(-0.01, -0.03, 0.01, 0.02);
    comparison.interval.reset();
    CHECK(last_finding(judge(rule_with_margin(0.02), comparison)) ==
          "Does the change stay within the margin? No uncertainty is known. the change -0.01 "
          "against -0.02: yes");
}

TEST_CASE("a single limit is asked for alone", "[verdict]") {
    Rule rule;
    rule.maximum = verdict::Limit{0.95};
    Comparison comparison;
    comparison.candidate = metrics::Value::of(0.9);
    CHECK(text_of(judge(rule, comparison))
              .find("Does the candidate keep the limits? 0.9 against at most 0.95: yes\n") !=
          std::string::npos);
    rule.minimum = rule.maximum;
    rule.maximum.reset();
    CHECK(last_finding(judge(rule, comparison)) ==
          "Does the candidate keep the limits? 0.9 against at least 0.95: no");
}

TEST_CASE("a margin that was not applied is not asked about", "[verdict]") {
    Comparison comparison = compared(-0.05, -0.07, -0.03, 0.02);
    comparison.margin.reset();
    CHECK(last_finding(judge(rule_with_margin(0.02), comparison)) ==
          "Is the loss real, beyond noise? the upper end -0.03 against 0: yes");
    Rule rule = rule_with_margin(0.02);
    rule.require = verdict::Require::equivalence;
    Comparison bare = compared(0.01, 0.01, 0.01, 0.02);
    bare.uncertainty_known = false;
    CHECK(last_finding(judge(rule, bare)).starts_with("Does the change stay within the margin?"));
}
