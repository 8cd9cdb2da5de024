#include "history/newest.h"

namespace metricgate::history {

namespace {

using evidence::History;
using evidence::HistoryPoint;

constexpr std::int64_t one_hour = 3600;

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

}  // namespace metricgate::history
