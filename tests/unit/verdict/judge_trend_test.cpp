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
