#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "comparison/chart.h"
#include "comparison/chart_limits.h"

namespace metricgate::comparison {

/// What a chart says of one point, held against limits from the points before it.
struct ChartReading {
    bool judged = false;  ///< false, and nothing else filled: too few points in control before it
    double center = 0.0;
    double sigma = 0.0;               ///< of the point's value: widened, at least the floor
    double raw_sigma = 0.0;           ///< before that, as the moving ranges say
    std::optional<double> floor;      ///< where it is what counts
    bool standardised = false;        ///< every point up to this one has its own standard error
    double statistic = 0.0;           ///< value, average or sum, in sigmas; negative is worse
    double limit = 0.0;               ///< half width, in sigmas
    std::vector<std::string> broken;  ///< rules that the point breaks, by name

    /// False where values lie so far apart that no double reaches their limits.
    [[nodiscard]] bool is_finite() const;
};

/// The same in the metric's units.
ChartBounds bounds_of(const ChartReading& reading, ChartType type, double orientation);

/// Reads a chart point by point, each as the gate would have read it when it was the newest: what
/// `check`, `history` and `calibrate` say of a point is one answer. Reading all points in turn
/// takes time in proportion to their number, unless a floor of sigma counts and grows.
class ChartReader {
public:
    /// `points`: all since limits were based anew, each usable (see `unusable`); they outlive the
    /// reader. `orientation`: 1 where higher is better, else -1.
    ChartReader(std::span<const PooledPoint> points, bool is_proportion, double orientation,
                const ChartOptions& options);

    /// The point at a position that is not before the last one read.
    ChartReading read(std::size_t at);

    /// What the limits of the last point read rest on; where it was not judged, what there is.
    [[nodiscard]] FrozenLimits limits() const;

    /// Of the points up to the last one read: distances from the center in its sigmas, negative is
    /// worse.
    [[nodiscard]] const std::vector<double>& distances() const { return m_distances; }

    /// How often a point was taken into the chart: more than once where the floor grew.
    [[nodiscard]] std::uint64_t work() const { return m_work; }

private:
    [[nodiscard]] double raw_sigma(std::size_t at) const;
    void choose_limits(std::size_t at);
    bool floor_rose(std::size_t at);
    void restart();
    void take(std::size_t at);
    void count(double distance);
    void judge(ChartReading& reading) const;

    std::span<const PooledPoint> m_points;
    ChartOptions m_options;
    double m_orientation;
    std::vector<double> m_errors;          ///< of the first points, until one has none
    std::optional<FrozenLimits> m_limits;  ///< of points with errors, or of all
    double m_widening = 1.0;               ///< of those limits
    std::size_t m_read = 0;                ///< one behind the last point read
    std::uint64_t m_work = 0;
    RoundingFloor m_rounding;
    std::size_t m_rounded = 0;  ///< points that it has seen
    double m_floor = 0.0;
    double m_least_own = 0.0;  ///< the least sigma of a point taken, before the floor
    std::vector<double> m_distances;
    std::vector<double> m_charted;  ///< those that are held against limits
    double m_average = 0.0;
    double m_forgotten = 1.0;
    double m_low = 0.0;
    double m_high = 0.0;
};

/// A history in which a floor counts and grows with every point is read point by point only as far
/// as this reaches, 4,000 such points; then the newest point alone.
inline constexpr std::uint64_t most_chart_work = 8'000'000;

/// Reads the first `count` points in turn and tells what is said of each. Returns how many were
/// left unread before the last one, which is always read.
std::size_t read_all(ChartReader& reader, std::size_t count, std::uint64_t most_work,
                     const std::function<void(std::size_t, const ChartReading&)>& tell);

}  // namespace metricgate::comparison
