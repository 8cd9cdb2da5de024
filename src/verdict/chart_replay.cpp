#include "verdict/chart_replay.h"

#include <algorithm>

#include "comparison/chart_run_length.h"
#include "comparison/pooled_points.h"
#include "comparison/read_chart.h"
#include "verdict/judge.h"

namespace metricgate::verdict {

using comparison::PooledPoint;

namespace {

void count(const comparison::Comparison& reading, ChartNoise& noise) {
    if (!reading.problem.empty()) {
        noise.problem = noise.problem.empty() ? reading.problem : noise.problem;
        return;
    }
    if (reading.insufficient) {
        ++noise.too_few;
        return;
    }
    const auto& chart = reading.chart;
    if (!is_usable(chart)) {
        noise.problem = noise.problem.empty() ? "the chart could not be computed" : noise.problem;
        return;
    }
    ++noise.judged;
    noise.rang += chart->broken.empty() ? 0U : 1U;
}

}  // namespace

ChartNoise replay_chart(const metrics::Metric& metric, const evidence::History& history,
                        const comparison::ChartOptions& options, std::size_t readings) {
    ChartNoise noise;
    noise.type = options.type;
    noise.two_sided = options.two_sided;
    noise.run_length = comparison::run_length_in_control(options);
    if (history.points.empty()) {
        return noise;
    }
    evidence::History past = history;
    past.points.pop_back();
    const std::vector<PooledPoint> points = comparison::pooled(past.points, history.points.back());
    noise.measurements = points.size();
    noise.looked_at = std::clamp<std::size_t>(readings / points.size(), 1, points.size());
    past.points.clear();
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (at + noise.looked_at >= points.size()) {
            count(comparison::read_chart(metric, past, points[at].point, options), noise);
        }
        past.points.push_back(points[at].point);
    }
    return noise;
}

}  // namespace metricgate::verdict
