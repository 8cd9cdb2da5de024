#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evidence/history.h"
#include "support/diagnostic.h"

namespace metricgate::history {

/// The history whose last point was recorded last: by time, else by step, else by its place in the
/// file; of equals the first. Null where no history has a point.
const evidence::History* newest_of(const std::vector<evidence::History>& histories);

/// Whether two points belong to one measurement. Where both have a commit, that says it: several
/// calls may record one commit, one metric may be tried again, and loggers count steps differently.
/// Else all that both have agrees: the step; the time, at most an hour apart (the calls that record
/// one evaluation); without times the run and attempt. Where they have none of these, the key.
bool recorded_together(const evidence::HistoryPoint& a, const evidence::HistoryPoint& b);

/// How old newest points may be.
struct Freshness {
    std::optional<std::uint64_t> max_age;  ///< in days; none: any
    std::optional<std::int64_t> today;     ///< the day of the run, since 1970 in UTC
};

/// A metric whose newest point says nothing of now, and why: a sentence without its full stop.
struct Stale {
    std::string metric;
    std::string reason;
    bool too_old = false;  ///< or of an unknown age; false: other metrics were recorded later
};

/// What a place that is read whole ends with.
struct NewestState {
    std::string key;                ///< what names it
    std::set<std::string> metrics;  ///< those that it has a value of; it may be none
};

/// Metrics that were not recorded with the newest point of all, and those whose newest point is too
/// old, or has no time where an age is asked for. On one commit also those whose run went on
/// without them: the metric of the newest point has since gone on by more steps, in the same run
/// and attempt, than the longest gap between the metric's own. So a metric of every fifth step may
/// lie five behind, and one with a single step in the run any number. Both must count the same
/// steps: a point at the last step (or the one before it) lies no further away in time than the
/// metric's own points do from each other, and than the newest point does. `source`: what messages
/// call the histories. `newest_state`: of the place they are from, where it is
/// known: then it says which metrics are of now, whatever the moments of points.
std::vector<Stale> stale_of(const std::vector<evidence::History>& histories,
                            const std::string& source, const Freshness& freshness = {},
                            const std::optional<NewestState>& newest_state = {});

/// The reason as the start of a sentence.
std::string opening_of(const Stale& stale);

/// A clock may be wrong by a day before a time is one of the future.
bool is_ahead(const std::optional<std::int64_t>& time, const std::optional<std::int64_t>& now);

/// The problem of a point that is: it would stay the newest, and be judged, until that day.
support::Diagnostic ahead_problem(const std::string& metric, const evidence::HistoryPoint& point);

/// Those of the newest points. `now`: seconds since 1970 in UTC; none: there is no clock.
support::Diagnostics ahead_of_clock(const std::vector<evidence::History>& histories,
                                    const std::optional<std::int64_t>& now);

}  // namespace metricgate::history
