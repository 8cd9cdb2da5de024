#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/metric_file.h"

namespace metricgate::sources {

/// What a log says of the moment at which some of its points were recorded.
struct Moment {
    std::optional<std::int64_t> time;  ///< seconds since 1970 in UTC
    std::string commit;                ///< the full id, or empty
    std::string data_digest;           ///< of what was measured on, or empty
    bool operator==(const Moment&) const = default;
};

/// One value of a metric on its way: at an epoch, a step, a commit.
struct Point {
    std::int64_t step = 0;
    support::ParsedNumber
        value;  ///< non-finite values are carried, and are errors where they are selected
    std::optional<support::ParsedNumber> standard_error;
    std::optional<std::uint64_t> n;
    std::uint32_t moment = 0;  ///< its number in `Run::moments`, from 1; 0: nothing is said of it
};

/// All values of one metric that a log holds, in the order in which they count: by step, and among
/// equal steps the one that its format lets win comes last. Steps may be repeated and need not
/// start at 0.
struct Series {
    std::string name;
    support::Location where;
    std::string unit;
    std::vector<Point> points;  ///< never empty
    evidence::Conditions conditions;
};

/// What was recorded of one run: quantities that have one value (or repeated measurements) are
/// entries, those that have a value a step are series. No name stands twice.
struct Run {
    std::string id;    ///< what names it for a selection, or empty where a file holds one run
    std::string name;  ///< a second name that selects it, or empty
    std::vector<evidence::Entry> entries;
    std::vector<Series> series;
    evidence::Metadata metadata;
    /// Host, processor, build: what must be equal on both sides, for all entries of the run.
    evidence::Conditions conditions;
    std::vector<Moment> moments;
    /// The steps only number the commits of the log, from its first one that is left.
    bool steps_are_places = false;
    std::vector<std::string> notes;  ///< sentences for the report: a cut tail, a debug build
    /// Why this run may not be judged (it failed, it still runs), or empty.
    std::optional<support::Diagnostic> refused;
};

/// The number of a moment that is added unless it is the last one already. Where there are more
/// than a number holds, nothing is said of it.
std::uint32_t add_moment(Run& run, const Moment& moment);

/// Everything that a metric file, a log or a tracker says, before it is selected which run, which
/// metrics and which of their values are judged.
struct Recording {
    std::string source;     ///< what messages call it
    std::vector<Run> runs;  ///< by id, ascending
};

}  // namespace metricgate::sources
