// Run lengths: NIST/SEMATECH e-Handbook 6.3.2 (three sigmas, 370 of both sides); a normal value
// lies below -1.644854 in 5 % (scipy 1.16, norm.ppf).
#include "verdict/chart_replay.h"

#include <algorithm>
#include <limits>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"
#include "support/history_samples.h"
#include "verdict/calibration.h"

using namespace metricgate;
using namespace metricgate::verdict;
using comparison::ChartOptions;
using test::history_point;

namespace {

metrics::Metric accuracy() {
    metrics::Metric metric;
    metric.name = metric.title = "accuracy";
    metric.direction = metrics::Direction::higher_is_better;
    return metric;
}

/// 0.89 and 0.91 by turns, of commits of their own.
evidence::History quiet(std::size_t count) {
    evidence::History history;
    history.metric = "accuracy";
    for (std::size_t i = 0; i < count; ++i) {
        history.points.push_back(history_point(i % 2 == 0 ? 0.89 : 0.91, "c" + std::to_string(i)));
    }
    return history;
}

}  // namespace

TEST_CASE("a replayed chart counts the measurements that ring, each by its own past", "[verdict]") {
    evidence::History history = quiet(30);
    history.points[24].value.value = 0.7;
    history.points[27].value.value = 1.1;  // better
    ChartOptions options;
    ChartNoise found = replay_chart(accuracy(), history, options);
    CHECK(found.measurements == 30);
    CHECK(found.looked_at == 30);
    CHECK(found.too_few == 20);
    CHECK(found.judged == 10);
    CHECK(found.rang == 1);
    CHECK(found.problem.empty());
    CHECK(found.run_length.source == "exact");
    CHECK_THAT(found.false_alarm(), WithinAbs(1.0 / 740.8, 1e-6));
    options.two_sided = true;
    found = replay_chart(accuracy(), history, options);
    CHECK(found.rang == 2);
    CHECK_THAT(1.0 / found.false_alarm(), WithinAbs(370.4, 0.1));
}

TEST_CASE("attempts of a replayed chart count once, as their mean", "[verdict]") {
    evidence::History history = quiet(25);
    history.points[24].value.value = 0.7;
    history.points.push_back(history_point(1.1, "c24"));  // the mean is 0.9
    const ChartNoise found = replay_chart(accuracy(), history, {});
    CHECK(found.measurements == 25);
    CHECK(found.judged == 5);
    CHECK(found.rang == 0);
}

TEST_CASE("a replayed chart begins anew at accepted steps", "[verdict]") {
    ChartOptions options;
    options.accepted = {{"c5", "a new model"}};
    ChartNoise found = replay_chart(accuracy(), quiet(30), options);
    CHECK(found.too_few == 25);
    CHECK(found.judged == 5);
    // Both parts hold something that no chart takes; the first is told.
    evidence::History history = quiet(30);
    history.points[2].value = history.points[28].value = {support::NumberKind::not_a_number,
                                                          std::numeric_limits<double>::quiet_NaN()};
    found = replay_chart(accuracy(), history, options);
    CHECK(found.problem.find("'c2'") != std::string::npos);
    CHECK(found.judged == 3);
    // In a window every measurement is the last once.
    found = replay_chart(accuracy(), history, {}, 25);
    CHECK(found.looked_at == 30);
    CHECK(found.problem.find("'c2'") != std::string::npos);
}

TEST_CASE("what a replayed chart cannot judge is counted, and said", "[verdict]") {
    evidence::History history = quiet(30);
    history.points[25].value = {support::NumberKind::not_a_number,
                                std::numeric_limits<double>::quiet_NaN()};
    const ChartNoise found = replay_chart(accuracy(), history, {});
    CHECK(found.too_few == 20);
    CHECK(found.judged == 5);
    CHECK(found.looked_at - found.judged - found.too_few == 5);
    CHECK(found.problem.find("'c25'") != std::string::npos);
    const ChartNoise none = replay_chart(accuracy(), {}, {});
    CHECK(none.looked_at == 0);
    CHECK(none.rang == 0);
}

TEST_CASE("a replayed chart sees what the window of its input leaves", "[verdict]") {
    evidence::History history = quiet(60);
    for (std::size_t i = 0; i < 20; ++i) {
        history.points[i].value.value += 0.2;  // limits of the first twenty ring for ever
    }
    const ChartNoise all = replay_chart(accuracy(), history, {});
    CHECK(all.judged == 40);
    CHECK(all.rang == 40);
    const ChartNoise moving = replay_chart(accuracy(), history, {}, 25);
    CHECK(moving.looked_at == 60);
    // While the window holds both levels, too few points are in control of each other.
    CHECK(moving.judged + moving.too_few == 60);
    CHECK(moving.judged >= 20);
    CHECK(moving.rang < 15);
    CHECK(replay_chart(accuracy(), history, {}, 20).too_few == 60);
}

TEST_CASE("of a very long history with a window the newest measurements are replayed",
          "[verdict]") {
    evidence::History history = quiet(60);
    history.points[31].value.value = history.points[58].value.value = 0.7;
    const ChartNoise found = replay_chart(accuracy(), history, {}, 30, 150);
    CHECK(found.measurements == 60);
    CHECK(found.looked_at == 5);
    CHECK(found.judged == 5);
    CHECK(found.rang == 1);
    CHECK(replay_chart(accuracy(), history, {}, 30, 1).looked_at == 1);
}

TEST_CASE("a hundred thousand measurements are replayed as a whole", "[verdict]") {
    const ChartNoise found = replay_chart(accuracy(), quiet(100'000), {});
    CHECK(found.judged == 99'980);
    CHECK(found.rang == 0);
}

TEST_CASE("a replayed chart rings as often by chance as its run length says", "[verdict]") {
    ChartOptions options;
    options.type = comparison::ChartType::moving_average;
    options.span = 1;
    options.width = 1.644854;
    options.points = 100;
    std::size_t judged = 0;
    std::size_t rang = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        stats::Stream stream(seed);
        evidence::History history;
        for (std::size_t i = 0; i < 300; ++i) {
            const double uniform = std::max(stream.uniform(), 1e-9);
            history.points.push_back(history_point(stats::normal_quantile(uniform)));
        }
        const ChartNoise found = replay_chart(accuracy(), history, options);
        CHECK_THAT(found.false_alarm(), WithinAbs(0.05, 1e-6));
        CHECK(found.judged + found.too_few == 300);
        judged += found.judged;
        rang += found.rang;
    }
    // Three standard errors of the share: 0.5 % of drawing, 0.6 % of limits from 100 points each.
    REQUIRE(judged > 1580);
    CHECK_THAT(static_cast<double>(rang) / static_cast<double>(judged), WithinAbs(0.05, 0.024));
}

TEST_CASE("charts are held against a history that is too short for a proposal", "[verdict]") {
    RuleToCalibrate rule;
    rule.check = "nightly";
    rule.metric = "accuracy";
    rule.bound = accuracy();
    rule.chart = ChartOptions{};
    RuleToCalibrate other = rule;
    other.metric = "recall";
    const MetricCalibration found = calibrate(quiet(8), 0.95, {rule, other});
    CHECK_FALSE(found.margin);
    REQUIRE(found.charts.size() == 1);
    CHECK(found.charts.front().check == "nightly");
    CHECK(found.charts.front().too_few == 8);
}

TEST_CASE("a replay says the first thing that keeps it from judging", "[verdict]") {
    evidence::History history = quiet(30);
    for (const std::size_t at : {22U, 26U}) {
        history.points[at].value = {support::NumberKind::not_a_number,
                                    std::numeric_limits<double>::quiet_NaN()};
    }
    const ChartNoise found = replay_chart(accuracy(), history, {});
    CHECK(found.problem.find("'c22'") != std::string::npos);
    CHECK(found.judged == 2);
}

TEST_CASE("values whose ranges are no numbers are not judged", "[verdict]") {
    evidence::History history = quiet(30);
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].value.value = at % 2 == 0 ? 1.7e308 : -1.7e308;
    }
    const ChartNoise found = replay_chart(accuracy(), history, {});
    CHECK(found.judged == 0);
    CHECK_FALSE(found.problem.empty());
    CHECK(found.rang == 0);
}
