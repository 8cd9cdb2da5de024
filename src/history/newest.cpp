#include "history/newest.h"

#include "support/counted.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::history {

namespace {

using evidence::History;
using evidence::HistoryPoint;

constexpr std::int64_t one_hour = 3600;
constexpr std::int64_t one_day = 86'400;
constexpr std::size_t name_shown = 60;

std::int64_t day_of(std::int64_t time) {
    return time / one_day - (time % one_day < 0 ? 1 : 0);
}

/// Why the newest point of a metric is too old; empty: it is not.
std::string age_of(const History& history, const Freshness& freshness) {
    if (!freshness.max_age) {
        return "";
    }
    const HistoryPoint& newest = history.points.back();
    const std::string point = "the newest point of " +
                              support::visible(history.metric, name_shown) + ", " +
                              support::visible(newest.key, name_shown) + ", ";
    if (!newest.time || !freshness.today) {
        return point + "has an unknown age: " +
               (newest.time ? "there is no clock" : "it was recorded without a time");
    }
    const std::int64_t age = *freshness.today - day_of(*newest.time);
    constexpr std::size_t length_of_day = 10;
    return age <= 0 || static_cast<std::uint64_t>(age) <= *freshness.max_age
               ? ""
               : point + "is of " + support::format_time(*newest.time).substr(0, length_of_day) +
                     ", more than " + support::counted(*freshness.max_age, "days") + " ago";
}

bool is_later(const HistoryPoint& a, const HistoryPoint& b) {
    if (a.time && b.time && *a.time != *b.time) {
        return *a.time > *b.time;
    }
    if (a.step && b.step && *a.step != *b.step) {
        return *a.step > *b.step;
    }
    return a.where.line > b.where.line;
}

}  // namespace

const History* newest_of(const std::vector<History>& histories) {
    const History* newest = nullptr;
    for (const History& history : histories) {
        if (!history.points.empty() &&
            (newest == nullptr || is_later(history.points.back(), newest->points.back()))) {
            newest = &history;
        }
    }
    return newest;
}

bool recorded_together(const HistoryPoint& a, const HistoryPoint& b) {
    if (!a.commit.empty() && !b.commit.empty()) {
        return a.commit == b.commit;
    }
    if (a.step && b.step) {
        return *a.step == *b.step;
    }
    if (a.time && b.time) {
        return *a.time - *b.time <= one_hour && *b.time - *a.time <= one_hour;
    }
    return a.key == b.key;
}

std::vector<Stale> stale_of(const std::vector<History>& histories, const std::string& source,
                            const Freshness& freshness,
                            const std::optional<HistoryPoint>& newest_state) {
    std::vector<Stale> stale;
    const History* newest = newest_of(histories);
    for (const History& history : histories) {
        if (history.points.empty()) {
            continue;
        }
        const HistoryPoint& last = history.points.back();
        const HistoryPoint& moment = newest_state ? *newest_state : newest->points.back();
        if (!recorded_together(last, moment)) {
            stale.push_back(
                {history.metric,
                 "the newest point of " + source + ", " + support::visible(moment.key, name_shown) +
                     (newest_state ? ""
                                   : " of " + support::visible(newest->metric, name_shown)) +
                     ", has no value of " +
                     support::visible(history.metric, name_shown) +
                     ", which was last recorded at " + support::visible(last.key, name_shown),
                 false});
        } else if (std::string reason = age_of(history, freshness); !reason.empty()) {
            stale.push_back({history.metric, std::move(reason), true});
        }
    }
    return stale;
}

bool is_ahead(const std::optional<std::int64_t>& time, const std::optional<std::int64_t>& now) {
    return time && now && *time > *now + one_day;
}

support::Diagnostic ahead_problem(const std::string& metric, const HistoryPoint& point) {
    return {point.where,
            "the time of '" + support::visible(metric, name_shown) + "'" +
                (point.key.empty() ? "" : " at " + support::visible(point.key, name_shown)) + ", " +
                support::format_time(point.time.value_or(0)) +
                ", lies more than a day ahead of the clock: the value would stay the newest until "
                "then; correct the time, or the clock that it came from"};
}

support::Diagnostics ahead_of_clock(const std::vector<History>& histories,
                                    const std::optional<std::int64_t>& now) {
    support::Diagnostics problems;
    for (const History& history : histories) {
        if (!history.points.empty() && is_ahead(history.points.back().time, now)) {
            problems.push_back(ahead_problem(history.metric, history.points.back()));
        }
    }
    return problems;
}

}  // namespace metricgate::history
