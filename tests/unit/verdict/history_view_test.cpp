#include "verdict/history_view.h"

#include <algorithm>

#include "comparison/pooled_points.h"
#include "comparison/read_chart.h"
#include "metrics/metric.h"
#include "support/catch.h"
#include "support/history_samples.h"

using namespace metricgate;
using namespace metricgate::verdict;
using test::history_point;
using test::stepped_history;

namespace {

bool rang(const Measurement& measurement, const std::string& rule) {
    return std::ranges::any_of(measurement.rung,
                               [&](const Rung& rung) { return rung.rule == rule; });
}

}  // namespace

TEST_CASE("an old commit that was measured again is the newest measurement", "[verdict]") {
    evidence::History history = stepped_history(40, 0, 0.9, 0.0, 0.01);
    for (std::size_t i = 0; i < history.points.size(); ++i) {
        history.points[i].commit = "c" + std::to_string(i);
    }
    CHECK(view_history(history, {}).state() == PointState::in_limits);
    // Among the first twenty it would widen the limits, and be judged by nothing.
    history.points.push_back(history_point(0.5, "c5"));
    const MetricHistory view = view_history(history, {});
    REQUIRE(view.measurements.size() == 40);
    CHECK(view.measurements.back().commit == "c5");
    CHECK(view.measurements.back().attempts == 2);
    CHECK(view.state() == PointState::rings);
    // Otherwise their order is that of the first attempts.
    CHECK(view.measurements[5].commit == "c6");
}

TEST_CASE("an accepted step that no measurement is called by is noted", "[verdict]") {
    HistorySettings settings;
    comparison::ChartOptions chart;
    chart.accepted = {{"c99", "a new model"}};
    settings.charts = {chart};
    const MetricHistory view = view_history(stepped_history(40, 0, 0.9, 0.0, 0.01), settings);
    REQUIRE(view.notes.size() == 1);
    CHECK(view.notes[0] ==
          "no measurement is called c99, so that this accepted step changes nothing");
}

TEST_CASE("limits come from the first twenty, and a drop beyond them rings", "[verdict]") {
    const MetricHistory view = view_history(stepped_history(40, 8, 0.9, -0.1, 0.01), {});
    REQUIRE(view.limits);
    CHECK(view.limits->from == 0);
    CHECK(view.limits->until == 20);
    CHECK(view.measurements[19].state == PointState::learning);
    CHECK(view.measurements[20].state == PointState::in_limits);
    CHECK(view.state() == PointState::rings);
    CHECK(rang(view.measurements.back(), "beyond_three_sigma"));
    CHECK(rang(view.measurements.back(), "cusum_beyond_decision"));
    for (const Rung& rung : view.measurements.back().rung) {
        CHECK_FALSE(rung.above);
    }
}

TEST_CASE("a small loss that stays rings by its sum, though no value leaves the limits",
          "[verdict]") {
    evidence::History history;
    for (int i = 0; i < 40; ++i) {
        history.points.push_back(
            history_point((i < 25 ? 0.9 : 0.87) + (i % 2 == 0 ? 0.01 : -0.01)));
    }
    const MetricHistory view = view_history(history, {});
    CHECK(view.state() == PointState::rings);
    for (const Measurement& point : view.measurements) {
        CHECK_FALSE(rang(point, "beyond_three_sigma"));
    }
    CHECK(rang(view.measurements.back(), "cusum_beyond_decision"));
}

TEST_CASE("a change of level is told with what it was before and after, and whether it is worse",
          "[verdict]") {
    const MetricHistory view = view_history(stepped_history(30, 20, 0.9, -0.1, 0.01), {});
    REQUIRE(view.changes.size() == 1);
    const LevelChange& change = view.changes.front();
    CHECK(change.at == 30);
    CHECK_THAT(change.before, WithinAbs(0.9, 0.005));
    CHECK_THAT(change.after, WithinAbs(0.8, 0.005));
    CHECK(change.n_before == 30);
    CHECK(change.n_after == 20);
    REQUIRE(change.better);
    CHECK_FALSE(*change.better);
    CHECK(change.p == 0.0005);
}

TEST_CASE("a name that the catalog does not know has no direction", "[verdict]") {
    evidence::History history = stepped_history(30, 20, 0.9, -0.1, 0.01);
    history.metric = "my own";
    const MetricHistory view = view_history(history, {});
    CHECK_FALSE(view.higher_is_better);
    CHECK_FALSE(view.changes.front().better);
}

TEST_CASE("too few measurements have no limits, and nothing rings", "[verdict]") {
    for (const std::size_t size : {0U, 1U, 2U, 19U}) {
        const MetricHistory view = view_history(stepped_history(size, 0, 0.9, 0.0, 0.01), {});
        CHECK_FALSE(view.limits);
        CHECK(view.state() == PointState::no_limits);
    }
    CHECK(view_history(stepped_history(20, 0, 0.9, 0.0, 0.01), {}).state() == PointState::learning);
}

TEST_CASE("new data starts its limits anew", "[verdict]") {
    evidence::History history = stepped_history(30, 25, 0.9, -0.1, 0.01);
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].data_digest = at < 30 ? "old" : "new";
    }
    const MetricHistory view = view_history(history, {});
    REQUIRE(view.limits);
    CHECK(view.limits->from == 30);
    CHECK(view.measurements[30].new_data);
    CHECK(view.measurements[29].state == PointState::no_limits);
    CHECK(view.state() == PointState::in_limits);
}

TEST_CASE("a history that never moved rings at any change, but not at rounding", "[verdict]") {
    evidence::History history = stepped_history(30, 0, 0.9, 0.0, 0.0);
    CHECK(view_history(history, {}).state() == PointState::in_limits);
    CHECK(view_history(history, {}).limits->constant);
    history.points.push_back(history_point(0.9 + 1e-15, "rounded"));
    CHECK(view_history(history, {}).state() == PointState::in_limits);
    history.points.push_back(history_point(0.8999, "moved"));
    CHECK(view_history(history, {}).state() == PointState::rings);
}

TEST_CASE("a value that is no number is left out and said", "[verdict]") {
    evidence::History history = stepped_history(25, 0, 0.9, 0.0, 0.01);
    history.points[3].value = {support::NumberKind::not_a_number, 0.0};
    history.points.back().value = {support::NumberKind::positive_infinity, 0.0};
    const MetricHistory view = view_history(history, {});
    CHECK(view.measurements.size() == 23);
    CHECK(view.left_out == 2);
    CHECK(view.last_left_out);
    REQUIRE(view.notes.size() == 1);
    CHECK(view.notes.front().find("the newest is one of them") != std::string::npos);
}

TEST_CASE("a history too long for E-divisive is segmented by PELT and says so", "[verdict]") {
    const MetricHistory view = view_history(stepped_history(3000, 2500, 0.9, -0.1, 0.01), {});
    CHECK(view.method == ChangeMethod::pelt);
    REQUIRE_FALSE(view.changes.empty());
    CHECK(view.changes.front().at == 3000);
    CHECK_FALSE(view.changes.front().p);
    CHECK(view.notes.size() == 1);
}

TEST_CASE("a history of any length is answered soon, and what is not searched is said",
          "[verdict]") {
    const MetricHistory view = view_history(stepped_history(2000, 28000, 0.9, -0.1, 0.01), {});
    CHECK(view.measurements.size() == 30000);
    for (const LevelChange& change : view.changes) {
        CHECK(change.at > 20000);
    }
    REQUIRE(view.notes.size() == 2);
    CHECK(view.notes[1] == "changes of level are searched for in the newest 10,000 measurements");
}

TEST_CASE("only what is worse rings, and both sides where that is not known", "[verdict]") {
    evidence::History better = stepped_history(40, 8, 0.8, 0.1, 0.01);
    CHECK(view_history(better, {}).state() == PointState::in_limits);
    better.metric = "my own";
    const MetricHistory view = view_history(better, {});
    CHECK(view.state() == PointState::rings);
    CHECK(view.measurements.back().rung.front().above);
    CHECK(view.charts.front().options.two_sided);
    // Nobody can say what is worse.
    HistorySettings settings;
    settings.charts = {comparison::ChartOptions{}};
    const MetricHistory unknown = view_history(better, settings);
    CHECK(unknown.state() == PointState::no_limits);
    CHECK(unknown.unjudged.find("sides: both") != std::string::npos);
}

TEST_CASE("a history and a check that chart alike say the same of each point", "[verdict]") {
    metrics::Metric metric;
    metric.name = metric.title = "accuracy";
    metric.direction = metrics::Direction::higher_is_better;
    using comparison::ChartType;
    for (const ChartType type :
         {ChartType::individuals, ChartType::cusum, ChartType::ewma, ChartType::moving_average}) {
        comparison::ChartOptions options;
        options.type = type;
        evidence::History history = stepped_history(35, 20, 0.9, -0.02, 0.01, 5);
        history.points[3].value.value = 0.6;                  // no base for limits
        history.points.push_back(history_point(0.7, "c41"));  // an old commit once more
        for (const bool with_errors : {false, true}) {
            for (std::size_t i = 0; with_errors && i < 50; ++i) {
                history.points[i].standard_error =
                    support::ParsedNumber{support::NumberKind::finite, i % 2 == 0 ? 0.01 : 0.02};
            }
            HistorySettings settings;
            settings.charts = {options};
            const MetricHistory view = view_history(history, settings);
            INFO(comparison::name_of(type) << with_errors);
            CHECK(view.unjudged.empty());
            CHECK(view.limits->until == 21);
            const auto points = comparison::pooled(history.points);
            evidence::History past;
            std::size_t rings = 0;
            std::size_t lost = 0;
            for (std::size_t at = 0; at < points.size(); ++at) {
                const auto read = comparison::read_chart(metric, past, points[at].point, options);
                past.points.push_back(points[at].point);
                if (!read.problem.empty()) {
                    // The first without an error, which a check of that day could not judge.
                    ++lost;
                    continue;
                }
                const bool judged = !read.insufficient;
                const bool rang_here = judged && !read.chart->broken.empty();
                rings += rang_here ? 1U : 0U;
                CHECK(view.measurements[at].state == (rang_here ? PointState::rings
                                                      : judged  ? PointState::in_limits
                                                                : PointState::learning));
            }
            CHECK(rings > 0);
            CHECK(lost == (with_errors ? 1U : 0U));
            const auto newest = history.points.back();
            evidence::History before = history;
            before.points.pop_back();
            const auto read = comparison::read_chart(metric, before, newest, options);
            CHECK(view.charts.front().center == read.chart->center);
            CHECK(view.charts.front().sigma == read.chart->sigma);
            CHECK(view.charts.front().bounds.statistic == read.chart->statistic);
            CHECK(view.charts.front().bounds.lower == read.chart->lower);
            CHECK(view.charts.front().bounds.upper == read.chart->upper);
            CHECK(view.charts.front().broken == read.chart->broken);
            CHECK(view.charts.front().run_length.points == read.chart->run_length.points);
        }
    }
}

TEST_CASE("a newest point that lost its standard error keeps the gate from judging", "[verdict]") {
    evidence::History history = stepped_history(40, 0, 0.9, 0.0, 0.01);
    for (evidence::HistoryPoint& each : history.points) {
        each.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.01};
    }
    CHECK(view_history(history, {}).unjudged.empty());
    history.points.back().standard_error.reset();
    CHECK(view_history(history, {}).unjudged.find("has no standard error") != std::string::npos);
}

TEST_CASE("a point that no check could chart keeps the gate from judging", "[verdict]") {
    evidence::History history = stepped_history(40, 0, 0.9, 0.0, 0.01);
    CHECK(view_history(history, {}).unjudged.empty());
    history.points[30].value = {support::NumberKind::not_a_number, 0.0};
    CHECK(view_history(history, {}).unjudged.find("'c30'") != std::string::npos);
    CHECK(view_history(history, {}).state() == PointState::in_limits);  // shown all the same
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].data_digest = at < 15 ? "old" : "new";
    }
    history.points[30] = history_point(0.9, "c30");
    history.points[10].value = {support::NumberKind::not_a_number, 0.0};
    CHECK(view_history(history, {}).unjudged.empty());  // before the newest data
}

TEST_CASE("changes are those of PELT where it is asked for", "[verdict]") {
    HistorySettings settings;
    settings.method = ChangeMethod::pelt;
    const MetricHistory view = view_history(stepped_history(30, 20, 0.8, 0.1, 0.01), settings);
    CHECK(view.method == ChangeMethod::pelt);
    REQUIRE(view.changes.size() == 1);
    CHECK(view.changes.front().at == 30);
    CHECK_FALSE(view.changes.front().p);
    CHECK(*view.changes.front().better);
    CHECK(view.notes.empty());
}

TEST_CASE("each of several changes stands between its neighbours", "[verdict]") {
    evidence::History history = stepped_history(30, 30, 0.9, -0.1, 0.01);
    const evidence::History more = stepped_history(0, 30, 0.9, -0.3, 0.01);
    history.points.insert(history.points.end(), more.points.begin(), more.points.end());
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].commit = "c" + std::to_string(at);
    }
    const MetricHistory view = view_history(history, {});
    REQUIRE(view.changes.size() == 2);
    CHECK(view.changes[0].n_before == 30);
    CHECK(view.changes[0].n_after == 30);
    CHECK(view.changes[1].at == 60);
    CHECK_THAT(view.changes[1].before, WithinAbs(0.8, 0.005));
    CHECK_THAT(view.changes[1].after, WithinAbs(0.6, 0.005));
}

TEST_CASE("a gain that stays does not ring where the better side is known", "[verdict]") {
    evidence::History history = stepped_history(40, 8, 0.8, 0.1, 0.01);
    CHECK(view_history(history, {}).state() == PointState::in_limits);
    history.metric = "entropy of nobody knows what";
    const MetricHistory view = view_history(history, {});
    CHECK(view.state() == PointState::rings);
    REQUIRE(rang(view.measurements.back(), "cusum_beyond_decision"));
    CHECK(std::ranges::all_of(view.measurements.back().rung, &Rung::above));
}

TEST_CASE("a metric that can err to either side, or counts a column, has no direction",
          "[verdict]") {
    evidence::History history = stepped_history(5, 0, 0.9, 0.0, 0.01);
    history.metric = "rmse";
    CHECK(view_history(history, {}).higher_is_better == false);
    for (const char* name : {"mean_error", "mean"}) {
        history.metric = name;
        CHECK_FALSE(view_history(history, {}).higher_is_better);
    }
}

TEST_CASE("states and methods have names", "[verdict]") {
    CHECK(name(PointState::learning) == std::string("learning"));
    CHECK(name(PointState::in_limits) == std::string("in_limits"));
    CHECK(name(PointState::rings) == std::string("rings"));
    CHECK(name(PointState::no_limits) == std::string("no_limits"));
    CHECK(name(static_cast<PointState>(99)) == std::string("no_limits"));
    CHECK(name(ChangeMethod::e_divisive) == std::string("e_divisive"));
    CHECK(name(ChangeMethod::pelt) == std::string("pelt"));
    CHECK(name(static_cast<ChangeMethod>(99)) == std::string("e_divisive"));
}

TEST_CASE("a small gain that stays rings by its sum, though no value leaves the limits",
          "[verdict]") {
    evidence::History history;
    for (int i = 0; i < 40; ++i) {
        history.points.push_back(
            history_point((i < 25 ? 0.9 : 0.93) + (i % 2 == 0 ? 0.01 : -0.01)));
    }
    const MetricHistory view = view_history(history, {});
    CHECK(view.state() == PointState::rings);
    CHECK_FALSE(rang(view.measurements.back(), "beyond_three_sigma"));
    CHECK(rang(view.measurements.back(), "cusum_beyond_decision"));
}

TEST_CASE("one value that lies far off makes the limits of the others no wider", "[verdict]") {
    for (const std::size_t at : {5U, 30U}) {
        evidence::History history = stepped_history(40, 8, 0.9, -0.1, 0.01);
        history.points[at].value.value = 1e10;
        const MetricHistory view = view_history(history, {});
        CHECK(view.state() == PointState::rings);
    }
}

TEST_CASE("limits begin anew at other data, although the point that brought them is no number",
          "[verdict]") {
    evidence::History history = stepped_history(40, 0, 0.9, 0.0, 0.01);
    for (evidence::HistoryPoint& point : history.points) {
        point.data_digest = "a";
    }
    history.points[38].data_digest = "b";
    CHECK_FALSE(view_history(history, {}).unjudged.empty());
    history.points[38].value = {support::NumberKind::not_a_number, 0.0};
    CHECK_FALSE(view_history(history, {}).unjudged.empty());
}

TEST_CASE("a newest value outside the range of its metric is not judged", "[verdict]") {
    evidence::History history = stepped_history(40, 0, 0.9, 0.0, 0.01);
    history.points.back().value.value = 7.5;
    CHECK(view_history(history, {}).unjudged.find("outside the range") != std::string::npos);
}
