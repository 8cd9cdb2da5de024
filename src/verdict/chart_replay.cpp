#include "verdict/chart_replay.h"

#include <algorithm>
#include <span>

#include "comparison/chart_reader.h"
#include "comparison/chart_run_length.h"
#include "comparison/pooled_points.h"
#include "metrics/evaluate.h"

namespace metricgate::verdict {
namespace {

using comparison::ChartReader;
using comparison::ChartReading;
using comparison::PooledPoint;

/// A chart over points that share a basis, and who counts what it says.
class Replay {
public:
    Replay(const metrics::Metric& metric, const comparison::ChartOptions& options,
           ChartNoise& noise)
        : m_orientation(metric.orientation()),
          m_proportion(metric.definition != nullptr && metrics::is_outcome(metric)),
          m_options(options),
          m_noise(noise) {}

    /// Every point as the newest one.
    void read(std::span<const PooledPoint> points) {
        const std::size_t usable = usable_of(points);
        ChartReader reader = reader_of(points.first(usable));
        const std::size_t unread = comparison::read_all(
            reader, usable, comparison::most_chart_work,
            [this](std::size_t /*at*/, const ChartReading& reading) { count(reading); });
        m_noise.looked_at += points.size() - unread;
    }

    /// The last point alone.
    void read_last(std::span<const PooledPoint> points) {
        ++m_noise.looked_at;
        if (usable_of(points) == points.size()) {
            count(reader_of(points).read(points.size() - 1));
        }
    }

private:
    [[nodiscard]] ChartReader reader_of(std::span<const PooledPoint> points) const {
        return {points, m_proportion, m_orientation, m_options};
    }

    /// The points before the first that cannot be charted, which is told.
    std::size_t usable_of(std::span<const PooledPoint> points) {
        for (std::size_t at = 0; at < points.size(); ++at) {
            if (const std::string problem = comparison::unusable(points[at]); !problem.empty()) {
                m_noise.problem = m_noise.problem.empty() ? problem : m_noise.problem;
                return at;
            }
        }
        return points.size();
    }

    void count(const ChartReading& reading) {
        if (reading.judged && !reading.is_finite()) {
            m_noise.problem =
                m_noise.problem.empty() ? "the chart could not be computed" : m_noise.problem;
            return;
        }
        m_noise.judged += reading.judged ? 1U : 0U;
        m_noise.too_few += reading.judged ? 0U : 1U;
        m_noise.rang += reading.broken.empty() ? 0U : 1U;
    }

    double m_orientation;
    bool m_proportion;
    const comparison::ChartOptions& m_options;
    ChartNoise& m_noise;
};

/// Where the chart of a point begins that sees so many points before pooling, itself included.
std::size_t start_of_window(std::span<const PooledPoint> points, std::size_t at,
                            std::uint64_t window) {
    std::uint64_t seen = points[at].attempts;
    while (at > 0 && seen + points[at - 1].attempts <= window) {
        --at;
        seen += points[at].attempts;
    }
    return at;
}

}  // namespace

ChartNoise replay_chart(const metrics::Metric& metric, const evidence::History& history,
                        const comparison::ChartOptions& options,
                        std::optional<std::uint64_t> window, std::size_t readings) {
    ChartNoise noise;
    noise.type = options.type;
    noise.two_sided = options.two_sided;
    noise.run_length = comparison::run_length_in_control(options);
    const std::vector<PooledPoint> pooled = comparison::pooled(history.points);
    const std::span<const PooledPoint> points(pooled);
    noise.measurements = points.size();
    std::vector<std::size_t> starts = {0};
    for (const comparison::Rebase& rebase : comparison::rebases_of(pooled, options.accepted)) {
        starts.push_back(rebase.first);
    }
    starts.push_back(points.size());
    Replay replay(metric, options, noise);
    const std::size_t shown =
        window ? std::max<std::size_t>(readings / std::max<std::uint64_t>(*window, 1), 1)
               : points.size();
    const std::size_t first = points.size() - std::min(points.size(), shown);
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
        const auto basis = points.subspan(starts[i], starts[i + 1] - starts[i]);
        if (!window) {
            replay.read(basis);
            continue;
        }
        for (std::size_t at = 0; at < basis.size(); ++at) {
            if (starts[i] + at >= first) {
                const std::size_t from = start_of_window(basis, at, *window);
                replay.read_last(basis.subspan(from, at + 1 - from));
            }
        }
    }
    return noise;
}

}  // namespace metricgate::verdict
