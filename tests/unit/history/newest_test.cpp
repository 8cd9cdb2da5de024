#include "history/newest.h"

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
