#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "comparison/chart.h"
#include "evidence/history.h"
#include "stats/control_charts.h"
#include "verdict/history_settings.h"

namespace metricgate::verdict {

/// E-divisive is quadratic in practice; a longer history is segmented by PELT, and the view says
/// so.
inline constexpr std::size_t longest_e_divisive = 5000;

/// What the chart says of one measurement.
enum class PointState {
    learning,   ///< limits are taken from it
    in_limits,  ///< judged, and nothing rings
    rings,      ///< it breaks a rule of some chart
    no_limits   ///< there are not enough measurements for limits
};

/// A rule of a chart that a measurement breaks.
struct Rung {
    std::string rule;    ///< as in a report of `check`: "beyond_three_sigma"
    bool above = false;  ///< the charted value, average or sum lies above the center
};

/// All attempts at one measurement (comparison/pooled_points.h).
struct Measurement {
    double value = 0.0;  ///< their mean
    std::optional<double> standard_error;
    std::optional<std::uint64_t> n;
    std::string key;  ///< of the last attempt, like all that follows
    std::optional<std::int64_t> step;
    std::optional<std::int64_t> time;
    std::string commit;
    std::string data_digest;
    evidence::Metadata metadata;
    std::size_t attempts = 1;
    double lowest = 0.0;  ///< of the attempts
    double highest = 0.0;
    bool new_data = false;  ///< its data digest is not the last one before it
    PointState state = PointState::no_limits;
    std::vector<Rung> rung;
};

/// A change of level, between the segments before and after it.
struct LevelChange {
    std::size_t at = 0;  ///< position of the first measurement after it
    double statistic = 0.0;
    std::optional<double> p;
    double before = 0.0;  ///< mean of the segment before
    double after = 0.0;
    std::size_t n_before = 0;
    std::size_t n_after = 0;
    std::optional<bool> better;  ///< absent: the metric's direction is not known
};

/// Three sigmas around the center of the newest basis: what single values stay between.
struct HistoryLimits {
    std::size_t from = 0;   ///< position of the first measurement of phase 1
    std::size_t until = 0;  ///< and of the first one after it
    double center = 0.0;
    double sigma = 0.0;  ///< of the newest value: widened for how few measurements it rests on
    stats::ChartLimits limits;
    bool constant = false;  ///< phase 1 never moved: a change in its last digit but one rings
};

/// What a chart says of the newest measurement, in the numbers that `check` reports.
struct HistoryChart {
    comparison::ChartOptions options;
    comparison::RunLength run_length;
    bool judged = false;  ///< false: nothing of what follows is known
    double center = 0.0;
    double sigma = 0.0;
    comparison::ChartBounds bounds;
    std::vector<std::string> broken;
};

/// A metric over time, judged.
struct MetricHistory {
    std::string metric;
    std::string unit;
    std::optional<bool> higher_is_better;
    std::vector<Measurement> measurements;  ///< oldest first
    std::size_t points = 0;                 ///< as recorded, before attempts are pooled
    std::size_t left_out = 0;               ///< points without a finite number
    std::size_t repeated = 0;               ///< measurements with several attempts
    bool last_left_out = false;             ///< the newest point is one of those
    std::vector<HistoryChart> charts;
    std::size_t in_control = 0;  ///< measurements that limits rest on, or would if they were enough
    std::string unjudged;        ///< why no gate may judge the newest one; empty: it may
    std::optional<HistoryLimits> limits;
    std::vector<LevelChange> changes;
    ChangeMethod method = ChangeMethod::e_divisive;
    std::vector<std::string> notes;

    /// What the chart says of the newest measurement.
    [[nodiscard]] PointState state() const;
};

struct HistoryView {
    std::string program_version;
    std::string source;  ///< "store", "git", ...
    std::string address;
    HistorySettings settings;
    std::vector<MetricHistory> metrics;
    std::vector<std::string> notes;
    bool list_changes = false;  ///< changes are what was asked for
};

/// The charts that `history` draws unless it is told others: single values and a CUSUM, of what is
/// worse, or of both sides where it is not known what is worse. Together they ring less than once
/// in 300 points of an unchanged model whose limits rest on 20 (docs/HISTORY.md).
std::vector<comparison::ChartOptions> default_charts(bool direction_known, std::size_t points);

/// One history: attempts pooled, limits, states, changes. A measurement's state is what the charts
/// said when it was the newest one, since the last new data or accepted step.
MetricHistory view_history(const evidence::History& history, const HistorySettings& settings);

const char* name(PointState state);
const char* name(ChangeMethod method);

}  // namespace metricgate::verdict
