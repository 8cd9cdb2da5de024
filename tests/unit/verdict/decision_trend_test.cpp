// The decision rule on what is no pair of sides: drifts, charts, budgets; and waived rows.
#include "unit/verdict/decision_fixtures.h"

using namespace metricgate;
using comparison::Comparison;
using test::compared;
using test::last_finding;
using test::rule_with_margin;
using test::text_of;
using verdict::CheckResult;
using verdict::decision_steps;
using verdict::Rule;

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

TEST_CASE("a drift without a value, a limit or values is asked no further", "[verdict]") {
    Rule rule;
    rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    Comparison comparison;
    comparison.noise = metrics::Noise{0.01, 0.02, 0.5};
    CHECK(last_finding(judge(rule, comparison)) == "Could both sides be compared? yes");
    comparison.candidate = metrics::Value::of(0.3);
    rule.maximum.reset();
    CHECK(last_finding(judge(rule, comparison)) == "Could both sides be compared? yes");
    comparison.problem = "no values";
    CHECK(last_finding(judge(rule, comparison)) == "Could both sides be compared? no: no values");
}

TEST_CASE("a drift within its limit is told from one that leans beyond it", "[verdict]") {
    Rule rule;
    rule.higher_is_better = false;
    rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    Comparison comparison;
    comparison.noise = metrics::Noise{0.01, 0.02, 0.5};
    comparison.candidate = metrics::Value::of(0.1);
    CHECK(text_of(judge(rule, comparison)) ==
          "Could both sides be compared? yes\n"
          "Is the drift beyond its limit? 0.1 against at most 0.2: no\n"
          "Is it beyond what chance alone reaches? 0.1 against the noise level 0.02: yes\n"
          "Does the limit lie above the noise level? 0.2 against 0.02: yes\n");
    comparison.noise->level = 0.4;
    comparison.candidate = metrics::Value::of(0.3);
    CHECK(text_of(judge(rule, comparison))
              .find("Is the drift beyond its limit? 0.3 against at most 0.2: yes\n"
                    "Is it beyond what chance alone reaches? 0.3 against the noise level 0.4: "
                    "no\n") != std::string::npos);
}

namespace {

CheckResult charted(const Comparison& comparison, const std::optional<verdict::Limit>& minimum) {
    Rule rule;
    rule.chart = comparison::ChartOptions{};
    rule.minimum = minimum;
    return judge_chart(rule, comparison);
}

Comparison chart_of(double newest, std::vector<std::string> broken) {
    Comparison comparison;
    comparison.candidate = metrics::Value::of(newest);
    comparison.n = 20;
    comparison::Chart& chart = comparison.chart.emplace();
    chart.center = 0.9;
    chart.sigma = 0.01;
    chart.lower = 0.87;
    chart.upper = 0.93;
    chart.statistic = newest;
    chart.broken = std::move(broken);
    chart.run_length = {741.0, false, "exact"};
    return comparison;
}

}  // namespace

TEST_CASE("a chart is asked whether it rings, after limits that hold", "[verdict]") {
    const auto rings = charted(chart_of(0.85, {"beyond_three_sigma"}), verdict::Limit{0.8});
    REQUIRE(rings.status == verdict::Status::violated);
    CHECK(text_of(rings) ==
          "Could both sides be compared? yes\n"
          "Does the candidate keep the limits? 0.85 against at least 0.8: yes\n"
          "Are there points enough for limits? yes: 20 points in control\n"
          "Does the newest point ring? 0.85 against 0.87 to 0.93: yes, beyond_three_sigma\n"
          "How often does this chart ring by chance? once in about 741 points (exact)\n");
    CHECK(last_finding(charted(chart_of(0.79, {"beyond_three_sigma"}), verdict::Limit{0.8})) ==
          "Does the candidate keep the limits? 0.79 against at least 0.8: no");
    Comparison quiet = chart_of(0.9, {});
    quiet.chart->run_length = {100000.0, true, "integral equation"};
    CHECK(text_of(charted(quiet, {})) ==
          "Could both sides be compared? yes\n"
          "Are there points enough for limits? yes: 20 points in control\n"
          "Does the newest point ring? 0.9 against 0.87 to 0.93: no\n"
          "How often does this chart ring by chance? once in about 100000 points or more "
          "(integral equation)\n");
    Comparison few = chart_of(0.85, {});
    few.insufficient = comparison::Insufficient{"points in control", 7, 20};
    CHECK(last_finding(charted(few, {})) ==
          "Are there points enough for limits? no: 7 points in control, 20 are needed");
    Comparison none = chart_of(0.85, {});
    none.chart.reset();
    CHECK(last_finding(charted(none, {})) ==
          "Are there points enough for limits? yes: 20 points in control");
    none.problem = "the newest point is no number";
    CHECK(last_finding(charted(none, {})) ==
          "Could both sides be compared? no: the newest point is no number");
}

TEST_CASE("a newest point of too few examples still rings, and is undecided where it does not",
          "[verdict]") {
    const auto of_few = [](std::vector<std::string> broken) {
        Comparison comparison = chart_of(0.85, std::move(broken));
        comparison.baseline = metrics::Value::of(0.9);  // limits
        comparison.insufficient = comparison::Insufficient{"examples", 12, 30};
        return charted(comparison, {});
    };
    const auto quiet = of_few({});
    CHECK(quiet.status == verdict::Status::inconclusive);
    CHECK(quiet.reason ==
          "too little data at the newest point: has 12, needs at least 30 examples");
    CHECK(text_of(quiet) ==
          "Could both sides be compared? yes\n"
          "Are there points enough for limits? yes: 20 points in control\n"
          "Does the newest point ring? 0.85 against 0.87 to 0.93: no\n"
          "How often does this chart ring by chance? once in about 741 points (exact)\n"
          "Is there enough data at the newest point? no: 12 examples, 30 are needed\n");
    const auto rings = of_few({"beyond_three_sigma"});
    CHECK(rings.status == verdict::Status::violated);
    CHECK(last_finding(rings) ==
          "How often does this chart ring by chance? once in about 741 points (exact)");
}

TEST_CASE("a budget is asked what was lost since the anchor, or what is left of it", "[verdict]") {
    Rule rule;
    rule.anchor = "v1";
    rule.budget = verdict::Budget{0.02, {}, false};
    Comparison comparison;
    comparison.baseline = metrics::Value::of(0.93);
    comparison.candidate = metrics::Value::of(0.92);
    comparison::Path& path = comparison.path.emplace();
    path.from = "v1";
    path.steps = 3;
    path.net = -0.01;
    path.average = -0.01 / 3;
    path.losses = 0.03;
    CHECK(text_of(judge_budget(rule, comparison)) ==
          "Could both sides be compared? yes\n"
          "What led here from the anchor? 3 steps since v1, -0.00333 each on average, -0.01 in "
          "all\n"
          "Do the losses stay within the budget? 0.03 against 0.02: no\n");
    rule.budget->net = true;
    CHECK(last_finding(judge_budget(rule, comparison)) ==
          "Do the losses stay within the budget? 0.01 against 0.02: yes");
    comparison.path->other_data = "the anchor is of other data";
    CHECK(last_finding(judge_budget(rule, comparison)) ==
          "Are both ends of the same data? no: the anchor is of other data");
    comparison.path.reset();
    CHECK(last_finding(judge_budget(rule, comparison)) == "Could both sides be compared? yes");
    comparison.problem = "no point is called 'v1'";
    CHECK(last_finding(judge_budget(rule, comparison)) ==
          "Could both sides be compared? no: no point is called 'v1'");
}

TEST_CASE("a waived row tells what it would be, and who accepts it", "[verdict]") {
    auto row = judge(rule_with_margin(0.02), compared(-0.05, -0.07, -0.03, 0.02));
    row.instead_of = row.status;
    row.status = verdict::Status::waived;
    CHECK(decision_steps(row).size() == 6);  // a waiver that nobody recorded is none
    verdict::Waiver waiver;
    waiver.owner = "@team";
    waiver.expires = "2026-12-31";
    waiver.reason = "relabelled";
    waiver.absolute = 0.1;
    row.waiver = waiver;
    CHECK(last_finding(row) ==
          "Does a waiver excuse it? yes: @team accepts a loss up to 0.1 until 2026-12-31: "
          "relabelled");
    row.instead_of.reset();
    CHECK(decision_steps(row).size() == 6);
}
