// What a comparison lacks never makes a pass, and is named; what is undecided says how it leans.
#include <limits>

#include "unit/verdict/decision_fixtures.h"

using namespace metricgate;
using comparison::Comparison;
using test::compared;
using test::rule_with_margin;
using verdict::CheckResult;
using verdict::judge;
using verdict::judge_without_baseline;
using verdict::Rule;
using verdict::Status;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Rule improvement() {
    Rule rule = rule_with_margin(0.0);
    rule.margin.absolute.reset();
    rule.require = verdict::Require::improvement;
    return rule;
}

/// Within 0.02 in either direction is wanted, and holds.
Comparison equivalent() {
    Comparison comparison = compared(0.0, -0.01, 0.01, 0.02);
    comparison.against_gain = comparison::AgainstMargin{0.02, -0.02, -0.03, -0.01};
    return comparison;
}

Rule equivalence() {
    Rule rule = rule_with_margin(0.02);
    rule.require = verdict::Require::equivalence;
    return rule;
}

void check_answer(const CheckResult& row, Status status, const std::string& reason) {
    CHECK(row.status == status);
    CHECK(row.reason == reason);
}

}  // namespace

TEST_CASE("bare numbers show an improvement, or violate the rule that asks for one", "[verdict]") {
    Comparison bare = compared(0.01, 0, 0, 0.0);
    bare.uncertainty_known = false;
    check_answer(judge(improvement(), bare), Status::pass, "improved; no uncertainty known");
    bare.delta = 0.0;
    check_answer(judge(improvement(), bare), Status::violated,
                 "an improvement is required and there is none; no uncertainty known");
}

TEST_CASE("a margin that was not applied is an error, with noise and without", "[verdict]") {
    Comparison comparison = compared(0.05, 0.04, 0.06, 0.02);
    comparison.margin.reset();
    check_answer(judge(rule_with_margin(0.02), comparison), Status::error,
                 "the margin could not be applied");
    comparison.uncertainty_known = false;
    check_answer(judge(rule_with_margin(0.02), comparison), Status::error,
                 "the margin could not be applied");
    comparison = equivalent();
    REQUIRE(judge(equivalence(), comparison).status == Status::pass);
    comparison.margin.reset();
    check_answer(judge(equivalence(), comparison), Status::error,
                 "the margin could not be applied");
}

TEST_CASE("bounds for gains that are no numbers are an error", "[verdict]") {
    for (double comparison::AgainstMargin::*bound :
         {&comparison::AgainstMargin::lower, &comparison::AgainstMargin::upper}) {
        Comparison comparison = equivalent();
        (*comparison.against_gain).*bound = infinite;
        check_answer(judge(equivalence(), comparison), Status::error,
                     "the margin could not be applied to gains");
    }
}

TEST_CASE("bounds that are no numbers, or do not hold their estimate, decide nothing",
          "[verdict]") {
    for (double comparison::AgainstMargin::*number :
         {&comparison::AgainstMargin::lower, &comparison::AgainstMargin::estimate,
          &comparison::AgainstMargin::upper}) {
        Comparison comparison = compared(0.0, -0.01, 0.01, 0.02);
        (*comparison.margin).*number = infinite;
        const auto row = judge(rule_with_margin(0.02), comparison);
        check_answer(row, Status::inconclusive, "the interval is not usable");
        CHECK(row.leans == "ok");
    }
    // The estimate lies above the interval, and beyond the margin.
    const auto above = judge(rule_with_margin(0.02), compared(-0.03, -0.06, -0.04, 0.02));
    check_answer(above, Status::inconclusive, "the interval is not usable");
    CHECK(above.leans == "worse");
}

TEST_CASE("a change that is missing or no number is an error", "[verdict]") {
    Comparison comparison = compared(0.0, -0.01, 0.01, 0.02);
    comparison.delta = infinite;
    check_answer(judge(rule_with_margin(0.02), comparison), Status::error,
                 "the change between the sides could not be computed");
    comparison.delta.reset();
    check_answer(judge(rule_with_margin(0.02), comparison), Status::error,
                 "the change between the sides could not be computed");
    Rule bounded = rule_with_margin(0.02);
    bounded.max_gain = 0.1;
    CHECK(judge(bounded, comparison).status == Status::error);
}

TEST_CASE("degenerate evidence says in which way, and how it leans", "[verdict]") {
    Comparison comparison = compared(-0.01, -0.01, -0.01, 0.02);
    comparison.degenerate = true;
    auto row = judge(rule_with_margin(0.02), comparison);
    check_answer(row, Status::inconclusive, "the evidence is degenerate and decides nothing");
    CHECK(row.leans == "worse");
    for (const char* code : {"degenerate", "estimate_outside_interval"}) {
        comparison.notes = {{"other", "Something else."}, {code, "The interval has no width."}};
        comparison.delta = 0.0;
        row = judge(rule_with_margin(0.02), comparison);
        check_answer(row, Status::inconclusive, "cannot decide: the interval has no width");
        CHECK(row.leans == "ok");
    }
}

TEST_CASE("a loss that is shown on degenerate or few data stands, one that is not does not",
          "[verdict]") {
    Comparison lost = compared(-0.05, -0.07, -0.03, 0.02);
    lost.insufficient = comparison::Insufficient{"clusters", 4, 10};
    auto row = judge(rule_with_margin(0.02), lost);
    CHECK(row.status == Status::inconclusive);
    CHECK(row.leans == "worse");
    lost.loss_claims_stand = true;
    CHECK(judge(rule_with_margin(0.02), lost).status == Status::regressed);
    lost.interval.reset();
    CHECK(judge(rule_with_margin(0.02), lost).status == Status::inconclusive);
    // Real, but short of the margin.
    lost = compared(-0.01, -0.015, -0.005, 0.02);
    lost.insufficient = comparison::Insufficient{"clusters", 4, 10};
    lost.loss_claims_stand = true;
    row = judge(rule_with_margin(0.02), lost);
    CHECK(row.status == Status::inconclusive);
    CHECK(row.leans == "ok");
    lost.margin.reset();
    CHECK(judge(rule_with_margin(0.02), lost).leans == "ok");
    CHECK(judge(improvement(), lost).status == Status::regressed);
    lost.delta.reset();
    CHECK(judge(rule_with_margin(0.02), lost).leans == "ok");
    Comparison degenerate = compared(-0.05, -0.07, -0.03, 0.02);
    degenerate.degenerate = degenerate.loss_claims_stand = true;
    CHECK(judge(rule_with_margin(0.02), degenerate).status == Status::regressed);
}

TEST_CASE("a margin that this set cannot police is said with the one that it can", "[verdict]") {
    Comparison comparison = compared(0.0, -0.5, 0.5, 0.02);
    comparison.n = 40;
    comparison.n_needed = 25000;
    comparison.mde = 0.51;
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "a loss beyond the margin cannot be ruled out; this margin cannot be policed with this "
          "set, one of 0.51 or more can");
    comparison.mde.reset();
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "a loss beyond the margin cannot be ruled out; about 24,960 more examples would decide");
    comparison.n_needed = 40;
    CHECK(judge(rule_with_margin(0.02), comparison).reason ==
          "a loss beyond the margin cannot be ruled out");
    comparison.against_gain = comparison::AgainstMargin{0.02, -0.02, -0.52, 0.48};
    CHECK(judge(equivalence(), comparison).reason ==
          "a change beyond the margin cannot be ruled out");
}

TEST_CASE("a distance without a limit is held against chance alone", "[verdict]") {
    Comparison comparison;
    comparison.candidate = metrics::Value::of(0.3);
    comparison.noise = metrics::Noise{0.01, 0.02, 0.5};
    CHECK(judge(Rule{}, comparison).status == Status::pass);
    comparison.noise->level = 0.4;
    CHECK(judge(Rule{}, comparison).status == Status::inconclusive);
    comparison.noise->level = std::numeric_limits<double>::quiet_NaN();
    CHECK(judge(Rule{}, comparison).status == Status::inconclusive);
}

TEST_CASE("both limits can be broken at once, by bounds of their own", "[verdict]") {
    Rule rule;
    rule.minimum = verdict::Limit{0.9, verdict::Bound::lower};
    rule.maximum = verdict::Limit{0.91, verdict::Bound::upper};
    Comparison comparison;
    comparison.candidate = metrics::Value::of(0.905);
    comparison.candidate_interval = stats::Interval{0.88, 0.93, 0.95};
    check_answer(judge(rule, comparison), Status::violated,
                 "the lower bound 0.88 is below the minimum 0.9; the upper bound 0.93 is above the "
                 "maximum 0.91");
    comparison.candidate_interval.reset();
    rule.minimum.reset();
    check_answer(judge(rule, comparison), Status::error,
                 "the maximum is to be compared with the upper bound, but no interval of the "
                 "candidate's own value is known; write `using: point` or record evidence with "
                 "uncertainty");
    // A limit by the value itself that the baseline kept.
    rule.maximum = verdict::Limit{0.9};
    comparison.baseline = metrics::Value::of(0.89);
    check_answer(judge(rule, comparison), Status::violated,
                 "the value 0.905 is above the maximum 0.9");
}

TEST_CASE("without a baseline a candidate is judged as far as its limits go", "[verdict]") {
    Rule limited;
    limited.minimum = verdict::Limit{0.8};
    Comparison candidate;
    candidate.candidate = metrics::Value::of(0.9);
    check_answer(judge_without_baseline(limited, candidate), Status::pass, "the limits hold");
    Rule both = rule_with_margin(0.02);
    both.minimum = verdict::Limit{0.8};
    check_answer(judge_without_baseline(both, candidate), Status::no_baseline,
                 "not compared: there is no baseline yet; the limits hold");
    check_answer(judge_without_baseline(rule_with_margin(0.02), candidate), Status::no_baseline,
                 "not compared: there is no baseline yet");
    candidate.insufficient = comparison::Insufficient{"examples", 3, 30};
    const auto few = judge_without_baseline(limited, candidate);
    check_answer(few, Status::inconclusive,
                 "too little data to judge: has 3, needs at least 30 examples");
    CHECK(few.leans == "ok");
    CHECK(few.limit_judged);
    limited.minimum->by = verdict::Bound::lower;
    CHECK(judge_without_baseline(limited, candidate).status == Status::error);
    candidate.problem = "the column 'score' is missing";
    check_answer(judge_without_baseline(limited, candidate), Status::error, candidate.problem);
    candidate.problem.clear();
    candidate.insufficient.reset();
    candidate.candidate = metrics::Value::undefined("only one class");
    check_answer(judge_without_baseline(limited, candidate), Status::error,
                 "the candidate's value is undefined: only one class");
}
