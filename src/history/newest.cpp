#include "history/newest.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "support/counted.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::history {

namespace {

using evidence::History;
using evidence::HistoryPoint;

constexpr std::uint64_t one_hour = 3600;
constexpr std::size_t name_shown = 60;

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
    const std::int64_t age = *freshness.today - support::day_of(*newest.time);
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

/// Without overflow.
std::uint64_t distance(std::int64_t a, std::int64_t b) {
    return a < b ? static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a)
                 : static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
}

/// Whether two points do not contradict each other in a fact.
bool agree(const HistoryPoint& a, const HistoryPoint& b, std::string_view name) {
    const std::string& of_a = fact_of(a, name);
    const std::string& of_b = fact_of(b, name);
    return of_a.empty() || of_b.empty() || of_a == of_b;
}

/// Whether two points are steps of one run on one commit.
bool in_one_series(const HistoryPoint& a, const HistoryPoint& b) {
    return a.step && b.step && !a.commit.empty() && a.commit == b.commit &&
           fact_of(a, evidence::run_key) == fact_of(b, evidence::run_key) &&
           fact_of(a, evidence::attempt_key) == fact_of(b, evidence::attempt_key);
}

/// The longest way from one number to the next larger one; none: there are no two.
std::optional<std::uint64_t> longest_gap(std::vector<std::int64_t> numbers) {
    std::ranges::sort(numbers);
    std::optional<std::uint64_t> longest;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        longest = std::max(longest.value_or(0), distance(numbers[i - 1], numbers[i]));
    }
    return longest;
}

/// How far in time from `last` the other metric reached its step; none: it never did, or nobody
/// knows.
std::optional<std::uint64_t> delay_of(const History& other, const HistoryPoint& last) {
    std::optional<std::int64_t> reached;
    std::optional<std::uint64_t> nearest;
    for (const HistoryPoint& point : other.points) {
        if (!in_one_series(point, last) || *point.step > *last.step || !point.time || !last.time ||
            (reached && *point.step < *reached)) {
            continue;
        }
        const std::uint64_t delay = distance(*point.time, *last.time);
        nearest = reached == point.step ? std::min(nearest.value_or(delay), delay) : delay;
        reached = point.step;
    }
    return nearest;
}

/// Whether the run on a commit has gone on without a metric, as newest.h says.
bool went_on_without(const History& history, const History& newest) {
    const HistoryPoint& last = history.points.back();
    const HistoryPoint& moment = newest.points.back();
    if (!in_one_series(last, moment) || *last.step >= *moment.step) {
        return false;
    }
    std::vector<std::int64_t> steps;
    std::vector<std::int64_t> times;
    for (const HistoryPoint& point : history.points) {
        if (in_one_series(point, last)) {
            steps.push_back(*point.step);
            if (point.time) {
                times.push_back(*point.time);
            }
        }
    }
    const auto gap = longest_gap(std::move(steps));
    if (!gap || *gap == 0 || distance(*last.step, *moment.step) <= *gap) {
        return false;
    }
    if (!last.time || !moment.time) {
        return true;
    }
    const auto delay = delay_of(newest, last);
    return delay && *delay <= longest_gap(std::move(times)).value_or(0) &&
           *delay <= distance(*last.time, *moment.time);
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
    if (a.step && b.step && *a.step != *b.step) {
        return false;
    }
    if (a.time && b.time) {
        return distance(*a.time, *b.time) <= one_hour;
    }
    return a.step && b.step ? agree(a, b, evidence::run_key) && agree(a, b, evidence::attempt_key)
                            : a.key == b.key;
}

std::vector<Stale> stale_of(const std::vector<History>& histories, const std::string& source,
                            const Freshness& freshness,
                            const std::optional<NewestState>& newest_state) {
    std::vector<Stale> stale;
    const History* newest = newest_of(histories);
    for (const History& history : histories) {
        if (history.points.empty()) {
            continue;
        }
        const HistoryPoint& last = history.points.back();
        const HistoryPoint& moment = newest->points.back();
        const std::string& key = newest_state ? newest_state->key : moment.key;
        const bool left_behind =
            newest_state ? newest_state->metrics.count(history.metric) == 0
                         : went_on_without(history, *newest) || !recorded_together(last, moment);
        if (left_behind) {
            stale.push_back(
                {history.metric,
                 "the newest point of " + source + ", " + support::visible(key, name_shown) +
                     (newest_state ? "" : " of " + support::visible(newest->metric, name_shown)) +
                     ", has no value of " + support::visible(history.metric, name_shown) +
                     ", which was last recorded at " + support::visible(last.key, name_shown),
                 false});
        } else if (std::string reason = age_of(history, freshness); !reason.empty()) {
            stale.push_back({history.metric, std::move(reason), true});
        }
    }
    return stale;
}

std::string opening_of(const Stale& stale) {
    std::string text = stale.reason;
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

bool is_ahead(const std::optional<std::int64_t>& time, const std::optional<std::int64_t>& now) {
    return time && now && *time > *now + support::seconds_a_day;
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
