#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/metric_file.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// Which of the values that a metric had over time is judged.
struct StepRule {
    enum class Take { last, best, highest, lowest, at, mean_of_last };
    Take take = Take::last;
    std::int64_t step = 0;  ///< at
    std::size_t count = 0;  ///< mean_of_last, at least 1
};

/// `last`, `best`, `highest`, `lowest`, `N` or `step=N`, `mean=K`; nothing for anything else.
std::optional<StepRule> parse_step_rule(std::string_view text);
/// What `parse_step_rule` takes, for messages.
inline constexpr std::string_view step_rules =
    "last, best, highest, lowest, step=N or mean=K (the mean of the last K)";

/// Which way a metric is better; unknown for names that neither the policy nor the catalog of
/// metrics knows.
enum class Better { higher, lower, unknown };

/// Which run, which metrics and which of their values are judged.
struct Selection {
    std::string run;                   ///< id or name; empty: the only one
    std::vector<std::string> metrics;  ///< globs; empty: all
    StepRule step;
    bool allow_unfinished = false;  ///< runs that failed or still run are taken, too
    std::function<Better(const std::string&)> better;  ///< needed by `best`
};

/// The one run that a selection names. A recording of several runs needs a name; one that names
/// none is a problem with near names, and so is a run that failed or still runs, unless that is
/// allowed.
support::Result<const Run*> select_run(const Recording& recording, const Selection& selection);

/// The values that are judged. A glob that matches no metric is a problem with near names. A metric
/// that has no value at the step that is asked for, or fewer than the last K, is an entry with a
/// flaw: an error for the check that uses it. What was taken is said in the file's notes.
support::Result<evidence::MetricFile> select(const Recording& recording,
                                             const Selection& selection);

}  // namespace metricgate::sources
