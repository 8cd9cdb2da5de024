#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
    rings,      ///< beyond a limit, or a CUSUM above its decision
    no_limits   ///< there are not enough measurements for limits
};

/// All attempts at one measurement: same commit, data digest and step.
struct Measurement {
    double value = 0.0;  ///< their mean
    std::optional<double> standard_error;
    std::optional<std::uint64_t> n;
    std::string key;  ///< of the first attempt, like all that follows
    std::optional<std::int64_t> step;
    std::optional<std::int64_t> time;
    std::string commit;
    std::string data_digest;
    evidence::Metadata metadata;
    std::size_t attempts = 1;
    double lowest = 0.0;  ///< of the attempts
    double highest = 0.0;
    bool new_data = false;  ///< its data digest is not that of the measurement before
    PointState state = PointState::no_limits;
    bool beyond_limits = false;
    bool cusum_high = false;
    bool cusum_low = false;
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

/// Shewhart's limits and a two-sided CUSUM, both from the first measurements on the newest data.
struct HistoryLimits {
    std::size_t from = 0;   ///< position of the first measurement of phase 1
    std::size_t until = 0;  ///< and of the first one after it
    double center = 0.0;
    double sigma = 0.0;  ///< widened for how few measurements it rests on
    stats::ChartLimits limits;
    bool constant = false;  ///< phase 1 never moved: any change rings
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

/// One history: attempts pooled, limits, states, changes.
MetricHistory view_history(const evidence::History& history, const HistorySettings& settings);

/// Points as measurements: those with the same commit (not empty), data digest and step are one, at
/// the place of the first. Points without a finite number are left out.
std::vector<Measurement> pool_attempts(const std::vector<evidence::HistoryPoint>& points);

const char* name(PointState state);
const char* name(ChangeMethod method);

/// The factor by which limits are widened that rest on so few measurements (at least 2), so that a
/// value in control leaves them as rarely as if level and sigma were known: Student's t with the
/// degrees of freedom of a mean moving range, and the center's own error.
double limit_widening(std::size_t measurements);

/// Points until a false alarm of each rule, on average, while nothing changes: of normal,
/// independent values with known limits.
double limits_run_length();
double cusum_chart_run_length();
inline constexpr double cusum_allowance = 0.5;  ///< in sigmas
inline constexpr double cusum_decision = 5.0;

}  // namespace metricgate::verdict
