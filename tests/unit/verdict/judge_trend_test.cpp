#include <limits>
#include <string>

#include "comparison/path_since.h"
#include "comparison/read_chart.h"
#include "support/catch.h"
#include "verdict/judge.h"

using namespace metricgate;
using verdict::Status;

namespace {

metrics::Metric score() {
    metrics::Metric metric;
    metric.name = metric.title = "score";
    metric.direction = metrics::Direction::higher_is_better;
    return metric;
}

evidence::HistoryPoint point(double value, const std::string& key) {
    evidence::HistoryPoint made;
    made.value = {support::NumberKind::finite, value};
    made.key = key;
    return made;
}

verdict::CheckResult budget(const verdict::Budget& rule_budget, double newest) {
    evidence::History past;
    past.points = {point(0.93, "v1"), point(0.92, "v2"), point(0.94, "v3")};
    verdict::Rule rule;
    rule.anchor = "v1";
    rule.budget = rule_budget;
    return verdict::judge_budget(rule,
                                 comparison::path_since(score(), past, point(newest, "new"), "v1"));
}

evidence::History quiet(std::size_t count) {
    evidence::History past;
    for (std::size_t i = 0; i < count; ++i) {
        past.points.push_back(point(i % 2 == 0 ? 0.89 : 0.91, std::to_string(i)));
    }
    return past;
}

verdict::CheckResult chart(double newest, std::size_t points, verdict::Rule rule = {}) {
    rule.chart = comparison::ChartOptions{};
    return verdict::judge_chart(
        rule, comparison::read_chart(score(), quiet(points), point(newest, "new"), *rule.chart));
}

}  // namespace

TEST_CASE("losses that sum to the budget exactly are within it, in doubles as in decimals",
          "[verdict]") {
    // 0.93 to 0.92, and 0.94 to 0.92: 0.03, which doubles miss by a few units in the last place.
    REQUIRE(budget({0.03, {}, false}, 0.92).status == Status::pass);
    REQUIRE(budget({0.03, {}, false}, 0.9199).status == Status::violated);
    REQUIRE(budget({0.02999, {}, false}, 0.92).status == Status::violated);
    REQUIRE(budget({0.03, {}, false}, 0.92).margin == 0.03);
}

TEST_CASE("a net budget lets gains pay back, and a relative one is a share of the anchor",
          "[verdict]") {
    REQUIRE(budget({0.01, {}, true}, 0.92).status == Status::pass);
    REQUIRE(budget({0.01, {}, true}, 0.91).status == Status::violated);
    REQUIRE(budget({0.01, {}, true}, 0.99).status == Status::pass);
    REQUIRE(budget({{}, 0.05, false}, 0.93).status == Status::pass);
    REQUIRE(budget({{}, 0.01, false}, 0.93).status == Status::violated);
}

TEST_CASE("a budget says what led there", "[verdict]") {
    const auto row = budget({0.01, {}, false}, 0.9);
    REQUIRE(row.reason.find("3 steps since v1, -0.01 each on average") != std::string::npos);
}

TEST_CASE("a path without an anchor is an error, and other data is incomparable", "[verdict]") {
    verdict::Rule rule;
    rule.budget = verdict::Budget{0.1, {}, false};
    evidence::History past;
    past.points = {point(0.93, "v1")};
    REQUIRE(
        verdict::judge_budget(rule, comparison::path_since(score(), past, point(0.93, "new"), "v0"))
            .status == Status::error);
    past.points[0].data_digest = "a";
    auto newest = point(0.93, "new");
    newest.data_digest = "b";
    REQUIRE(
        verdict::judge_budget(rule, comparison::path_since(score(), past, newest, "v1")).status ==
        Status::incomparable);
    REQUIRE(verdict::judge_budget(rule, comparison::Comparison{}).status == Status::error);
}

TEST_CASE("a chart that rings is violated, one with too few points undecided", "[verdict]") {
    REQUIRE(chart(0.9, 20).status == Status::pass);
    REQUIRE(chart(0.5, 20).status == Status::violated);
    REQUIRE(chart(0.5, 19).status == Status::inconclusive);
    REQUIRE(chart(0.5, 20).reason.find("beyond_three_sigma") != std::string::npos);
    REQUIRE(chart(0.9, 20).reason.find("once in about 741 points") != std::string::npos);
    REQUIRE(verdict::judge_chart({}, comparison::Comparison{}).status == Status::error);
}

TEST_CASE("a limit beside a chart is judged before there are points enough", "[verdict]") {
    verdict::Rule rule;
    rule.minimum = verdict::Limit{0.8, verdict::Bound::point};
    REQUIRE(chart(0.7, 3, rule).status == Status::violated);
    REQUIRE(chart(0.9, 3, rule).status == Status::inconclusive);
    REQUIRE(chart(0.9, 3, rule).limit_judged);
}

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A chart in control, by hand.
comparison::Comparison in_control() {
    comparison::Comparison comparison;
    comparison.candidate = metrics::Value::of(0.9);
    comparison::Chart& chart = comparison.chart.emplace();
    chart.center = 0.91;
    chart.sigma = 0.01;
    chart.lower = 0.88;
    chart.upper = 0.94;
    chart.statistic = 0.9;
    chart.run_length = {740.8, false, "exact"};
    return comparison;
}

/// A loss of 0.03 on the way, of 0.01 in all.
comparison::Comparison one_step() {
    comparison::Comparison comparison;
    comparison.baseline = metrics::Value::of(0.93);
    comparison.candidate = metrics::Value::of(0.92);
    comparison::Path& path = comparison.path.emplace();
    path.from = "v1";
    path.steps = 1;
    path.net = -0.01;
    path.average = -0.01;
    path.losses = 0.03;
    return comparison;
}

}  // namespace

TEST_CASE("a chart names what it charts, its limits and how often it rings by chance",
          "[verdict]") {
    using comparison::ChartType;
    for (const auto& [type, words] : {std::pair(ChartType::individuals, "the value"),
                                      {ChartType::ewma, "the weighted average"},
                                      {ChartType::cusum, "the sum of deviations"},
                                      {ChartType::moving_average, "the moving average"},
                                      {static_cast<ChartType>(99), "the value"}}) {
        auto comparison = in_control();
        comparison.chart->type = type;
        CHECK(verdict::judge_chart({}, comparison).reason ==
              "in control: " + std::string(words) +
                  " 0.9 against 0.88 to 0.94 (center 0.91, sigma 0.01); by chance it rings once in "
                  "about 741 points");
    }
    auto comparison = in_control();
    comparison.chart->run_length.at_least = true;
    comparison.chart->broken = {"run_of_eight"};
    const auto row = verdict::judge_chart({}, comparison);
    CHECK(row.status == Status::violated);
    CHECK(row.reason ==
          "the chart rings, run_of_eight: the value 0.9 against 0.88 to 0.94 (center 0.91, sigma "
          "0.01); by chance it rings once in about 741 points or more");
}

TEST_CASE("a chart whose numbers are none is an error, and so is a limit that nothing is known of",
          "[verdict]") {
    for (double comparison::Chart::*number :
         {&comparison::Chart::statistic, &comparison::Chart::lower, &comparison::Chart::upper}) {
        auto comparison = in_control();
        (*comparison.chart).*number = infinite;
        const auto row = verdict::judge_chart({}, comparison);
        CHECK(row.status == Status::error);
        CHECK(row.reason == "the chart could not be computed");
    }
    auto comparison = in_control();
    comparison.chart.reset();
    CHECK(verdict::judge_chart({}, comparison).reason == "the chart could not be computed");
    verdict::Rule rule;
    rule.minimum = verdict::Limit{0.8, verdict::Bound::lower};
    CHECK(verdict::judge_chart(rule, in_control()).status == Status::error);
    comparison.problem = "the newest value is no number";
    CHECK(verdict::judge_chart({}, comparison).reason == comparison.problem);
}

TEST_CASE("a path whose losses are no number, or a rule without a budget, is an error",
          "[verdict]") {
    verdict::Rule rule;
    REQUIRE(verdict::judge_budget(rule, one_step()).status == Status::error);
    rule.budget = verdict::Budget{0.1, {}, false};
    REQUIRE(verdict::judge_budget(rule, one_step()).status == Status::pass);
    for (double comparison::Path::*number : {&comparison::Path::losses, &comparison::Path::net}) {
        auto comparison = one_step();
        (*comparison.path).*number = infinite;
        const auto row = verdict::judge_budget(rule, comparison);
        CHECK(row.status == Status::error);
        CHECK(row.reason == "the path since the anchor could not be computed");
    }
    rule.budget = verdict::Budget{};  // nothing may be lost
    CHECK(verdict::judge_budget(rule, one_step()).status == Status::violated);
}

TEST_CASE("a budget says the sum, what was allowed, and what chance alone would have spent",
          "[verdict]") {
    verdict::Rule rule;
    rule.budget = verdict::Budget{0.02, {}, false};
    auto row = verdict::judge_budget(rule, one_step());
    CHECK(row.reason ==
          "the losses since the anchor sum to 0.03, above the budget of 0.02; 1 step since v1, "
          "-0.01");
    REQUIRE(row.notes.size() == 1);
    CHECK(row.notes.front().text ==
          "A model that only moves up and down as much from merge to merge would have spent about "
          "0.025.");
    rule.budget->net = true;
    auto gained = one_step();
    gained.path->net = gained.path->average = 0.01;
    gained.path->of_commits = true;
    row = verdict::judge_budget(rule, gained);
    CHECK(row.reason ==
          "the net loss since the anchor is 0, within the budget of 0.02; 1 merge since v1, +0.01");
    CHECK(row.notes.empty());
}

TEST_CASE("too little history is told with why it begins where it does", "[verdict]") {
    comparison::Comparison comparison;
    comparison.candidate = metrics::Value::of(0.9);
    comparison.insufficient = comparison::Insufficient{"points in control", 3, 20};
    const std::string little =
        "too little history to judge: has 3, needs at least 20 points in control";
    CHECK(verdict::judge_chart({}, comparison).reason == little);
    comparison.chart.emplace();
    comparison.chart->points.emplace_back();
    comparison.chart->points.front().key = "v27";
    CHECK(verdict::judge_chart({}, comparison).reason == little);
    comparison.chart->based_on = "new data, digest d2";
    CHECK(verdict::judge_chart({}, comparison).reason ==
          little + "; the limits begin anew at point v27: new data, digest d2");
}
