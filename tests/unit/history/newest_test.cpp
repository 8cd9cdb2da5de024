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

HistoryPoint of_row(const std::string& key, std::uint32_t line) {
    HistoryPoint point;
    point.key = key;
    point.where = support::in_file("h.csv", line, 1);
    return point;
}

}  // namespace

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
