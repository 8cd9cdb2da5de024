#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "stats/control_charts.h"
#include "verdict/chart_replay.h"
#include "verdict/history_view.h"

namespace metricgate::verdict {

/// How much measurements of an unchanged model differ: the standard deviation of one of them.
struct Noise {
    double sigma = 0.0;
    double degrees_of_freedom = 0.0;
    double lower = 0.0;  ///< 90 % interval of sigma
    double upper = 0.0;
    std::size_t values = 0;  ///< that it is taken from
    std::size_t groups = 0;  ///< of repeats; 1 for a history
};

/// Repeats with at least this many degrees of freedom, and a stable stretch of at least this many
/// measurements, say something about noise.
inline constexpr double least_repeat_degrees = 5.0;
inline constexpr std::size_t least_stable = 20;

enum class NoiseSource { none, repeats, history };

/// A rule of the policy on this metric, and how often an unchanged model would break it.
struct RuleNoise {
    enum class Kind { margin, minimum, maximum };
    std::string check;
    Kind kind = Kind::margin;
    double value = 0.0;        ///< in units of the metric; a relative margin of the present level
    double false_alarm = 0.0;  ///< chance for one comparison of an unchanged model
    std::size_t broken = 0;    ///< stored pairs of neighbours (or measurements) that break it
    std::size_t looked_at = 0;
};

/// What is proposed for a metric.
struct MetricCalibration {
    std::string metric;
    std::string unit;
    std::optional<bool> higher_is_better;
    std::size_t measurements = 0;
    std::size_t stable = 0;  ///< since the last change of level and the last new data
    double level = 0.0;      ///< their mean
    std::optional<Noise> repeats;
    std::optional<Noise> history;
    NoiseSource used = NoiseSource::none;
    std::optional<double> margin;  ///< what is proposed
    std::optional<stats::ChartLimits> limits;
    double cusum_allowance = 0.0;
    double cusum_decision = 0.0;
    std::string unknown;  ///< why nothing is proposed
    std::vector<RuleNoise> rules;
    std::vector<ChartNoise> charts;  ///< of the policy; also where nothing is proposed
    std::vector<std::string> notes;

    /// The noise that is used.
    [[nodiscard]] const Noise& noise() const {
        return used == NoiseSource::repeats ? *repeats : *history;
    }
};

struct Calibration {
    std::string program_version;
    std::string source;
    std::string address;
    std::string policy;  ///< what it is called; empty: none was given
    double confidence = 0.95;
    std::vector<MetricCalibration> metrics;
    std::vector<std::string> notes;
};

/// The rules of a policy's check on a recorded metric.
struct RuleToCalibrate {
    std::string check;
    std::string metric;
    bool higher_is_better = true;
    std::optional<policy::Margin> margin;
    std::optional<double> minimum, maximum;
    std::optional<comparison::ChartOptions> chart;
    std::optional<std::uint64_t> window;  ///< of the input that the chart looks at
    metrics::Metric bound;                ///< `metric` as the check binds it
};

/// Repeats: the standard deviation within groups of attempts, pooled over the groups (degrees:
/// values minus groups). History: the mean moving range / 1.128 of the measurements since the last
/// change of level on the newest data, with the degrees of `stats::moving_range_degrees`. The
/// margin is t(confidence, degrees) sqrt(2) sigma: a difference of two single measurements of an
/// unchanged model is a loss of more only once in 1 / (1 - confidence). `confidence` in (0.5, 1).
MetricCalibration calibrate(const evidence::History& history, double confidence,
                            const std::vector<RuleToCalibrate>& rules);

/// A chart as it is proposed: with its defaults, of both sides.
comparison::ChartOptions proposed_chart(comparison::ChartType type);

const char* name(NoiseSource source);
const char* name(RuleNoise::Kind kind);

}  // namespace metricgate::verdict
