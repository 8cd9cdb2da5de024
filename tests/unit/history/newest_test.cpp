#include "history/newest.h"

#include <limits>
#include <string>
#include <vector>

#include "support/catch.h"

using namespace metricgate;
using evidence::History;
using evidence::HistoryPoint;

namespace {

HistoryPoint at_time(std::int64_t time) {
    HistoryPoint point;
    point.time = time;
    point.key = "time " + std::to_string(time);
    return point;
}

HistoryPoint at_step(std::int64_t step) {
    HistoryPoint point;
    point.step = step;
    return point;
}

HistoryPoint of_commit(const std::string& commit, std::int64_t time) {
    HistoryPoint point = at_time(time);
    point.commit = commit;
    return point;
}

HistoryPoint of_run(const std::string& run, std::int64_t step, std::int64_t time) {
    HistoryPoint point = at_time(time);
    point.step = step;
    point.metadata.emplace(evidence::run_key, run);
    return point;
}

/// The steps `first`, `first` + `stride`, ... to `last` of run r on one commit; step s at `start` +
/// s * `pace` seconds.
History series(const std::string& metric, std::int64_t first, std::int64_t last,
               std::int64_t stride, std::int64_t pace, std::int64_t start = 0) {
    History history{metric, "", {}};
    for (std::int64_t step = first; step <= last; step += stride) {
        history.points.push_back(of_run("r", step, start + step * pace));
        history.points.back().commit = "aa";
    }
    return history;
}

HistoryPoint of_row(const std::string& key, std::uint32_t line) {
    HistoryPoint point;
    point.key = key;
    point.where = support::in_file("h.csv", line, 1);
    return point;
}

}  // namespace

TEST_CASE("where it is known what a place ends with, moments say nothing", "[history]") {
    HistoryPoint point;
    point.commit = "c0ffee0";
    point.key = "v1";
    const std::vector<evidence::History> histories = {{"a", "", {point}}, {"b", "", {point}}};
    CHECK(history::stale_of(histories, "h.csv").empty());
    const auto stale = history::stale_of(histories, "h.csv", {}, history::NewestState{"v2", {"a"}});
    REQUIRE(stale.size() == 1);
    CHECK(stale[0].reason ==
          "the newest point of h.csv, v2, has no value of b, which was last recorded at v1");
    CHECK(history::stale_of(histories, "h.csv", {}, history::NewestState{"v2", {}}).size() == 2);
}

TEST_CASE("The newest history is the one recorded last: by time, step or place", "[history]") {
    CHECK(history::newest_of({}) == nullptr);
    CHECK(history::newest_of({{"a", "", {}}}) == nullptr);
    const std::vector<History> by_time = {
        {"a", "", {at_time(5)}}, {"b", "", {at_time(1), at_time(9)}}, {"c", "", {}}};
    CHECK(history::newest_of(by_time) == &by_time[1]);
    const std::vector<History> by_step = {{"a", "", {at_step(7)}}, {"b", "", {at_step(6)}}};
    CHECK(history::newest_of(by_step) == &by_step[0]);
    const std::vector<History> by_place = {{"a", "", {of_row("v1", 2)}},
                                           {"b", "", {of_row("v1", 2), of_row("v2", 3)}}};
    CHECK(history::newest_of(by_place) == &by_place[1]);
    const std::vector<History> equals = {{"a", "", {at_step(7)}}, {"b", "", {at_step(7)}}};
    CHECK(history::newest_of(equals) == &equals[0]);
}

TEST_CASE("Points of one commit, step, hour or key were recorded together", "[history]") {
    CHECK(history::recorded_together(of_commit("aa", 0), of_commit("aa", 90'000)));
    CHECK_FALSE(history::recorded_together(of_commit("aa", 0), of_commit("bb", 0)));
    CHECK(history::recorded_together(at_step(3), at_step(3)));
    CHECK_FALSE(history::recorded_together(at_step(3), at_step(4)));
    CHECK(history::recorded_together(at_time(0), at_time(3600)));
    CHECK(history::recorded_together(at_time(3600), at_time(0)));
    CHECK_FALSE(history::recorded_together(at_time(0), at_time(3601)));
    CHECK(history::recorded_together(of_row("v1", 2), of_row("v1", 2)));
    CHECK_FALSE(history::recorded_together(of_row("v1", 2), of_row("v2", 3)));
}

TEST_CASE("Without a commit, points of one step are of one hour and run, too", "[history]") {
    constexpr std::int64_t day = 86'400;
    CHECK(history::recorded_together(of_run("A", 30, 0), of_run("A", 30, 3600)));
    CHECK_FALSE(history::recorded_together(of_run("A", 30, 0), of_run("B", 30, 60 * day)));
    CHECK_FALSE(history::recorded_together(of_run("A", 30, 0), of_run("A", 30, 60 * day)));
    CHECK_FALSE(history::recorded_together(of_run("A", 30, 0), of_run("A", 31, 0)));
    // Calls that record one evaluation may each have a run of their own.
    CHECK(history::recorded_together(of_run("A", 30, 0), of_run("B", 30, 60)));
    HistoryPoint a = at_step(30);
    HistoryPoint b = at_step(30);
    a.metadata.emplace(evidence::run_key, "A");
    CHECK(history::recorded_together(a, b));
    b.metadata.emplace(evidence::run_key, "B");
    CHECK_FALSE(history::recorded_together(a, b));
}

TEST_CASE("A metric whose run on one commit went on without it is stale", "[history]") {
    constexpr std::int64_t day = 86'400;
    const auto stale = [](const History& metric, const History& others) {
        return history::stale_of({others, metric}, "h.db").size();
    };
    for (const std::int64_t pace : {std::int64_t{0}, std::int64_t{1}, day}) {
        const History train = series("train", 1, 30, 1, pace);
        CHECK(stale(series("a", 1, 24, 1, pace), train) == 1);
        CHECK(stale(series("a", 5, 20, 5, pace), train) == 1);
        // Seldom, one step behind, or once only: nobody knows.
        CHECK(stale(series("a", 5, 25, 5, pace), train) == 0);
        CHECK(stale(series("a", 1, 29, 1, pace), train) == 0);
        CHECK(stale(series("a", 1, 1, 1, pace), train) == 0);
    }
    // Steps that count epochs, where the others count batches.
    CHECK(stale(series("a", 1, 10, 1, 100), series("train", 1, 1000, 1, 1)) == 0);
    CHECK(stale(series("a", 1, 10, 1, 0), series("train", 1, 1000, 1, 0, 60)) == 0);
    // A retry of the others alone.
    History retried = series("train", 1, 30, 1, day);
    for (HistoryPoint& point : retried.points) {
        point.metadata.emplace(evidence::attempt_key, "2");
    }
    CHECK(stale(series("a", 1, 24, 1, day), retried) == 0);
    CHECK(stale({"a", "", {}}, retried) == 0);
    // Steps at both ends of what they can be.
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    History ends = series("a", 1, 2, 1, 0);
    ends.points[0].step = lowest;
    ends.points[0].time = lowest;
    ends.points[1].step = lowest + 1;
    ends.points[1].time = highest;
    History far = ends;
    far.points.push_back(ends.points[1]);
    far.points.back().step = highest;
    CHECK(stale(ends, far) == 1);
}

TEST_CASE("What was not recorded with the newest point, or too long ago, is stale", "[history]") {
    constexpr std::int64_t day = 86'400;
    const std::vector<History> histories = {{"a", "", {at_time(9 * day)}},
                                            {"b", "", {at_time(7 * day)}},
                                            {"c", "", {at_time(9 * day + 60)}},
                                            {"d", "", {}}};
    const auto stale = history::stale_of(histories, "h.db");
    REQUIRE(stale.size() == 1);
    CHECK(stale[0].metric == "b");
    CHECK_FALSE(stale[0].too_old);
    CHECK(stale[0].reason.find("h.db") != std::string::npos);
    CHECK(history::stale_of(histories, "h.db", {3, 12}).size() == 1);
    const auto old = history::stale_of(histories, "h.db", {3, 13});
    REQUIRE(old.size() == 3);
    CHECK(old[0].too_old);
    CHECK(old[0].reason.find("1970-01-10") != std::string::npos);
    // An age that nobody knows is none that is allowed.
    CHECK(history::stale_of({{"a", "", {at_step(7)}}}, "h.db", {3, 13}).size() == 1);
    CHECK(history::stale_of(histories, "h.db", {3, std::nullopt}).size() == 3);
    // A clock that runs behind is no reason, and the only metric may be too old, too.
    CHECK(history::stale_of({{"a", "", {at_time(9 * day)}}}, "h.db", {0, 8}).empty());
    CHECK(history::stale_of({{"a", "", {at_time(9 * day)}}}, "h.db", {0, 10}).size() == 1);
}

TEST_CASE("A newest point more than a day ahead of the clock is a problem at its place",
          "[history]") {
    constexpr std::int64_t day = 86'400;
    HistoryPoint late = at_time(11 * day + 1);
    late.where = support::in_file("h.csv", 7, 1);
    const std::vector<History> histories = {{"a", "", {at_time(5)}}, {"b", "", {at_time(6), late}}};
    CHECK(history::ahead_of_clock(histories, std::nullopt).empty());
    CHECK(history::ahead_of_clock(histories, 10 * day + 1).empty());
    const auto problems = history::ahead_of_clock(histories, 10 * day);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where.line == 7);
    CHECK(problems[0].message.find("'b'") != std::string::npos);
    CHECK(problems[0].message.find("1970-01-12") != std::string::npos);
    // Times that no clock shows do not overflow.
    CHECK(history::is_ahead(std::numeric_limits<std::int64_t>::max(), day));
    CHECK_FALSE(history::is_ahead(std::numeric_limits<std::int64_t>::min(), day));
    CHECK_FALSE(history::is_ahead(std::nullopt, day));
}
