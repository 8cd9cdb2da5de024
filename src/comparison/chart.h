#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stats/run_rules.h"

namespace metricgate::comparison {

enum class ChartType { individuals, ewma, cusum, moving_average };

/// The word of a policy: "individuals".
std::string_view name_of(ChartType type);

/// A change of the level that somebody has accepted: limits are made anew from this point on.
struct AcceptedStep {
    std::string key;  ///< of the point, or the first 7 to 40 digits of its commit
    std::string reason;
};

/// How a history is charted. All widths are in standard deviations of a single value.
struct ChartOptions {
    ChartType type = ChartType::individuals;
    std::vector<stats::RunRule> rules = {stats::RunRule::beyond_three_sigma};  ///< individuals
    bool two_sided = false;             ///< also what is better rings
    std::size_t points = 20;            ///< in control, which the limits rest on
    std::optional<double> least_sigma;  ///< in the metric's units, above 0
    double width = 3.0;      ///< ewma (2.7 is usual) and moving_average: half width of the limits
    double weight = 0.1;     ///< ewma: of the newest value, in (0, 1]
    double allowance = 0.5;  ///< cusum
    double decision = 5.5;   ///< cusum
    std::size_t span = 5;    ///< moving_average: values that are averaged
    std::vector<AcceptedStep> accepted;
};

/// How long a chart runs until it rings by chance, on independent normal values in control.
struct RunLength {
    double points = 0.0;
    bool at_least = false;  ///< a bound: it runs longer
    std::string source;     ///< "exact", "simulated", "integral equation"
};

/// What was charted of a point (value, average or sum), and what it lies between, in the metric's
/// units.
struct ChartBounds {
    double statistic = 0.0;
    double lower = 0.0;
    double upper = 0.0;
};

/// A point of the chart, several attempts at one measurement taken together.
struct ChartedPoint {
    std::string key;
    std::string commit;
    double value = 0.0;
    std::size_t attempts = 1;
    double standardised = 0.0;  ///< distance from the center in sigmas; negative is worse
    bool made_limits = false;
    double statistic = 0.0;  ///< what limits are for, in the metric's units: value, average or sum
    bool judged = false;     ///< lies behind the points that the limits rest on
    bool rings = false;      ///< when it was the newest; judged ones only
};

/// A history held against its own past. The newest point is the last.
struct Chart {
    ChartType type = ChartType::individuals;
    bool two_sided = false;
    std::vector<stats::RunRule> rules;
    std::vector<ChartedPoint> points;  ///< since the limits were based anew
    double center = 0.0;
    double sigma = 0.0;           ///< of the newest value, widened for how few points it rests on
    double raw_sigma = 0.0;       ///< as the moving ranges say, before that and before the floor
    std::optional<double> floor;  ///< the least sigma, where it is what counts
    double lower = 0.0;           ///< what the charted statistic of the newest point lies between,
    double upper = 0.0;           ///< in the metric's units
    double statistic = 0.0;       ///< the newest value, average or sum, in the metric's units
    bool standardised = false;    ///< every point has its own standard error
    std::size_t limit_points = 0;
    std::size_t left_out =
        0;                 ///< of the first points: beyond the limits that they make, so no base
    std::string based_on;  ///< why the limits start where they do: a new data digest, ...
    std::vector<std::string> broken;  ///< rules that the newest point breaks, by name
    RunLength run_length;
};

}  // namespace metricgate::comparison
