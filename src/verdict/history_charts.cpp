#include "verdict/history_charts.h"

#include <span>

#include "comparison/chart_reader.h"
#include "comparison/chart_run_length.h"
#include "metrics/evaluate.h"
#include "support/counted.h"
#include "support/text.h"

namespace metricgate::verdict {
namespace {

using comparison::ChartOptions;
using comparison::ChartReading;
using comparison::PooledPoint;

constexpr double limit_sigmas = 3.0;
/// The decision of a CUSUM of both sides, so that it rings as rarely as one of the worse side.
constexpr double two_sided_decision = 9.0;

/// Charts a history, and fills what its view says of that.
class Charting {
public:
    Charting(MetricHistory& view, const std::vector<PooledPoint>& points,
             const metrics::Metric& metric)
        : m_view(view), m_points(points), m_metric(metric) {}

    void add(const ChartOptions& options, std::size_t first) {
        HistoryChart chart;
        chart.options = options;
        chart.run_length = comparison::run_length_in_control(options);
        for (const std::string& key : comparison::unknown_steps(m_points, options.accepted)) {
            m_view.notes.push_back("no measurement is called " + support::visible(key, 40) +
                                   ", so that this accepted step changes nothing");
        }
        const bool directed = options.two_sided || m_view.higher_is_better;
        if (!directed) {
            doubt(
                "whether higher or lower is better is not known, so that nothing is worse; say "
                "sides: both");
        } else if (first < m_points.size()) {
            read(chart, std::span(m_points).subspan(first), first);
        } else {
            doubt("no measurement stands behind the point that its limits begin anew at");
        }
        m_view.charts.push_back(std::move(chart));
    }

private:
    void doubt(const std::string& why) {
        m_view.unjudged = m_view.unjudged.empty() ? why : m_view.unjudged;
    }

    void read(HistoryChart& chart, std::span<const PooledPoint> points, std::size_t first) {
        const bool proportion = m_metric.definition != nullptr && metrics::is_outcome(m_metric);
        comparison::ChartReader reader(points, proportion, m_metric.orientation(), chart.options);
        if (const std::string lost =
                comparison::lost_error(points, proportion, chart.options.points);
            !lost.empty()) {
            doubt(lost);
        }
        ChartReading newest;
        const std::size_t unread =
            comparison::read_all(reader, points.size(), comparison::most_chart_work,
                                 [&](std::size_t at, const ChartReading& reading) {
                                     tell(m_view.measurements[first + at], chart.options, reading);
                                     newest = reading;
                                 });
        if (unread > 0) {
            m_view.notes.push_back(support::counted(unread, "measurements") +
                                   " before the newest one are not judged: the least sigma that "
                                   "counts grows with each of them");
        }
        const comparison::FrozenLimits limits = reader.limits();
        m_view.in_control = limits.points;
        if (!newest.judged) {
            doubt(support::counted(limits.points, "measurements") +
                  " in control before the newest one, of " + std::to_string(chart.options.points) +
                  " that limits are taken from");
            for (std::size_t at = first;
                 points.size() >= chart.options.points && at < m_view.measurements.size(); ++at) {
                learn(m_view.measurements[at]);
            }
            return;
        }
        if (!newest.is_finite()) {
            doubt("its values lie so far apart that no double reaches the limits");
        }
        for (std::size_t at = 0; at < limits.after; ++at) {
            learn(m_view.measurements[first + at]);
        }
        fill(chart, newest);
        if (!m_view.limits) {
            HistoryLimits shown;
            shown.from = first;
            shown.until = first + limits.after;
            shown.center = newest.center;
            shown.sigma = newest.sigma;
            const double reach = limit_sigmas * newest.sigma;
            shown.limits = {newest.center - reach, newest.center + reach};
            shown.constant = newest.raw_sigma == 0.0;
            m_view.limits = shown;
        }
    }

    static void learn(Measurement& measurement) {
        if (measurement.state == PointState::no_limits) {
            measurement.state = PointState::learning;
        }
    }

    void tell(Measurement& measurement, const ChartOptions& options, const ChartReading& reading) {
        if (!reading.judged || !reading.is_finite()) {
            return;
        }
        const bool rang = measurement.state == PointState::rings || !reading.broken.empty();
        measurement.state = rang ? PointState::rings : PointState::in_limits;
        for (const std::string& rule : reading.broken) {
            const bool better = options.type == comparison::ChartType::individuals
                                    ? measurement_is_better(measurement, reading)
                                    : reading.statistic > 0.0;
            measurement.rung.push_back({rule, better == (m_metric.orientation() > 0.0)});
        }
    }

    [[nodiscard]] bool measurement_is_better(const Measurement& measurement,
                                             const ChartReading& reading) const {
        return m_metric.orientation() * (measurement.value - reading.center) > 0.0;
    }

    void fill(HistoryChart& chart, const ChartReading& reading) const {
        chart.judged = true;
        chart.center = reading.center;
        chart.sigma = reading.sigma;
        chart.bounds = bounds_of(reading, chart.options.type, m_metric.orientation());
        chart.broken = reading.broken;
    }

    MetricHistory& m_view;
    const std::vector<PooledPoint>& m_points;
    const metrics::Metric& m_metric;
};

}  // namespace

std::vector<ChartOptions> default_charts(bool direction_known, std::size_t points) {
    ChartOptions values;
    values.points = points;
    values.two_sided = !direction_known;
    ChartOptions sums = values;
    sums.type = comparison::ChartType::cusum;
    if (sums.two_sided) {
        sums.decision = two_sided_decision;
    }
    return {values, sums};
}

std::string unusable_since_basis(const std::vector<PooledPoint>& points,
                                 const ChartOptions& options) {
    const auto rebases = comparison::rebases_of(points, options.accepted);
    for (std::size_t at = rebases.empty() ? 0 : rebases.back().first; at < points.size(); ++at) {
        if (std::string problem = comparison::unusable(points[at]); !problem.empty()) {
            return problem;
        }
    }
    return "";
}

void chart_history(MetricHistory& view, const std::vector<PooledPoint>& points,
                   const std::vector<std::size_t>& bases, const metrics::Metric& metric,
                   const std::vector<ChartOptions>& charts) {
    Charting charting(view, points, metric);
    for (std::size_t i = 0; i < charts.size(); ++i) {
        charting.add(charts[i], bases[i]);
    }
}

}  // namespace metricgate::verdict
