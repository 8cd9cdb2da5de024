#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/metric_file.h"
#include "support/diagnostic.h"
#include "support/number.h"

namespace metricgate::evidence {

/// Names in the metadata of points: what was measured in one run of one attempt on one commit
/// belongs together, and its steps go forward.
inline constexpr std::string_view run_key = "run";
inline constexpr std::string_view attempt_key = "attempt";

/// One value of a metric at one moment of its history, and what is known of that moment.
struct HistoryPoint {
    support::ParsedNumber value;  ///< non-finite values are carried, and named by what uses them
    std::optional<support::ParsedNumber> standard_error;
    std::optional<std::uint64_t> n;
    std::string key;  ///< what names the point for people: a short commit id, a run, a step
    std::optional<std::int64_t> step;
    std::optional<std::int64_t> time;  ///< seconds since 1970 in UTC, as recorded
    std::string commit;                ///< the full id, or empty
    std::string data_digest;  ///< of the data it was measured on, or empty; limits of charts hold
                              ///< for one data set
    Metadata metadata;        ///< model version, data source, features, infrastructure
    support::Location where;  ///< for messages
};

/// True of one commit by its full id, a short one of 7 digits or more, or one in capitals; of other
/// names when they are equal.
bool is_same_commit(std::string_view a, std::string_view b);

/// The least digits of a short id.
inline constexpr std::size_t least_digits = 7;

/// A fact of a point's metadata, or empty.
const std::string& fact_of(const HistoryPoint& point, std::string_view name);

/// All known values of one metric, oldest first. Points with the same commit and data digest are
/// attempts at the same measurement (comparison/pooled_points.h).
struct History {
    std::string metric;
    std::string unit;
    std::vector<HistoryPoint> points;
};

}  // namespace metricgate::evidence
