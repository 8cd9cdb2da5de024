#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "comparison/chart.h"
#include "evidence/history.h"
#include "metrics/metric.h"

namespace metricgate::verdict {

/// A chart of the policy, and how often it would have rung over a history that is at hand.
struct ChartNoise {
    std::string check;
    comparison::ChartType type = comparison::ChartType::individuals;
    bool two_sided = false;
    comparison::RunLength run_length;  ///< in control, of independent normal values, known limits
    std::size_t measurements = 0;      ///< attempts at one commit and data digest count once
    std::size_t looked_at = 0;         ///< all, unless there are very many and limits move
    std::size_t judged = 0;            ///< of those
    std::size_t rang = 0;              ///< of the judged ones
    std::size_t too_few = 0;           ///< not judged: limits had too few points before them
    std::string problem;               ///< why others were not judged; empty: there are none

    /// The chance that a measurement of an unchanged model rings, in (0, 1].
    [[nodiscard]] double false_alarm() const { return 1.0 / run_length.points; }
};

/// At most so many readings of single points are spent on a chart with a window, whose limits move:
/// of a longer history the newest measurements are replayed.
inline constexpr std::size_t most_readings = 9'000'000;

/// Holds each measurement of the history, as the newest one, against the chart of all before it (of
/// the `window` newest points), as `check` would have done at that point. `options` as the policy
/// sets them. Linear in the measurements without a window.
ChartNoise replay_chart(const metrics::Metric& metric, const evidence::History& history,
                        const comparison::ChartOptions& options,
                        std::optional<std::uint64_t> window = std::nullopt,
                        std::size_t readings = most_readings);

}  // namespace metricgate::verdict
