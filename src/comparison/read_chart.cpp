#include "comparison/read_chart.h"

#include <algorithm>

#include "comparison/chart_limits.h"
#include "comparison/chart_reader.h"
#include "comparison/chart_run_length.h"
#include "comparison/contrast.h"
#include "comparison/pooled_points.h"
#include "metrics/evaluate.h"
#include "support/counted.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

void note_attempts(const std::vector<PooledPoint>& points, Comparison& out) {
    note_newest(points, out);
    std::size_t repeated = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        repeated += points[i].attempts > 1 ? 1U : 0U;
    }
    if (repeated > 0) {
        add_note(out, "repeated_points",
                 support::count_of(repeated, "point", "points") +
                     " of the history were measured more than once; each counts once, as the mean "
                     "of its attempts.");
    }
}

void note_basis(const std::vector<std::string>& unknown, const Chart& chart, Comparison& out) {
    if (!chart.based_on.empty()) {
        add_note(out, "limits_based_anew",
                 "The limits start at point " + support::visible(chart.points.front().key, 40) +
                     ": " + chart.based_on + ".");
    }
    for (const std::string& key : unknown) {
        add_note(out, "accepted_step_unknown",
                 "No point of the history is called " + support::visible(key, 40) +
                     ", so that this accepted step changes nothing.");
    }
    if (chart.left_out > 0) {
        add_note(out, "points_out_of_control",
                 support::count_of(chart.left_out, "early point lies", "early points lie") +
                     " beyond three sigmas of the others: no base for the limits.");
    }
    if (chart.floor) {
        add_note(out, "sigma_floor",
                 "The history moves less than " + support::format_short(*chart.floor, 3) +
                     ", the least sigma that counts.");
    }
}

void note_gaps(const std::vector<PooledPoint>& points, bool is_proportion, Comparison& out) {
    const auto without = static_cast<std::size_t>(std::ranges::count_if(
        points, [&](const PooledPoint& each) { return !has_error(each, is_proportion); }));
    if (without == 0 || without == points.size()) {
        return;
    }
    const std::string have = support::count_of(without, "point has", "points have");
    if (out.chart->standardised) {
        add_note(out, "errors_of_zero",
                 have +
                     " a standard error of 0, which says nothing of the next run; it counts as "
                     "the usual one before.");
    } else {
        add_note(out, "points_without_errors",
                 have + " no standard error, so that all are charted as they are.");
    }
}

}  // namespace

Comparison read_chart(const metrics::Metric& metric, const evidence::History& history,
                      const evidence::HistoryPoint& newest, const ChartOptions& options) {
    Comparison out;
    out.method = std::string(name_of(options.type)) + "_chart";
    out.n_unit = "points";
    out.uncertainty_known = false;
    std::vector<PooledPoint> points = pooled(history.points, newest);
    const std::vector<Rebase> rebases = rebases_of(points, options.accepted);
    const std::vector<std::string> unknown = unknown_steps(points, options.accepted);
    if (!rebases.empty()) {
        points.erase(points.begin(),
                     points.begin() + static_cast<std::ptrdiff_t>(rebases.back().first));
    }
    for (const PooledPoint& each : points) {
        if (out.problem.empty()) {
            out.problem = unusable(each);
        }
    }
    if (!out.problem.empty()) {
        return out;
    }
    const bool proportion = metric.definition != nullptr && metrics::is_outcome(metric);
    out.problem = lost_error(points, proportion, options.points);
    if (!out.problem.empty()) {
        return out;
    }
    ChartReader reader(points, proportion, metric.orientation(), options);
    ChartReading reading;
    std::vector<ChartReading> told(points.size());
    read_all(reader, points.size(), most_chart_work,
             [&](std::size_t at, const ChartReading& each) { told[at] = reading = each; });
    const FrozenLimits limits = reader.limits();
    Chart chart;
    chart.type = options.type;
    chart.two_sided = options.two_sided;
    chart.rules =
        options.type == ChartType::individuals ? options.rules : std::vector<stats::RunRule>{};
    chart.standardised = limits.standardised;
    chart.limit_points = limits.points;
    chart.left_out = limits.left_out;
    chart.based_on = rebases.empty() ? "" : rebases.back().reason;
    chart.run_length = run_length_in_control(options);
    chart.center = limits.center;
    out.candidate = metrics::Value::of(points.back().point.value.value);
    out.n = limits.points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        chart.points.push_back(
            {points[i].point.key, points[i].point.commit, points[i].point.value.value,
             points[i].attempts, reading.judged ? reader.distances()[i] : 0.0, limits.used[i],
             points[i].point.value.value, told[i].judged, !told[i].broken.empty()});
        if (told[i].judged && options.type != ChartType::individuals) {
            chart.points[i].statistic =
                bounds_of(told[i], options.type, metric.orientation()).statistic;
        }
    }
    note_attempts(points, out);
    if (!reading.judged) {
        note_basis(unknown, chart, out);
        out.insufficient = Insufficient{"points in control", limits.points, options.points};
        out.chart = std::move(chart);
        return out;
    }
    out.baseline = metrics::Value::of(limits.center);
    chart.sigma = reading.sigma;
    chart.raw_sigma = reading.raw_sigma;
    chart.floor = reading.floor;
    chart.broken = reading.broken;
    const ChartBounds bounds = bounds_of(reading, options.type, metric.orientation());
    chart.statistic = bounds.statistic;
    chart.lower = bounds.lower;
    chart.upper = bounds.upper;
    out.delta = metric.orientation() * (out.candidate.number() - limits.center);
    note_basis(unknown, chart, out);
    if (chart.standardised) {
        add_note(out, "residuals_in_standard_errors",
                 "Every point has its own standard error and is charted as its distance from the "
                 "center in standard errors; the limits are those of the newest point.");
    }
    out.chart = std::move(chart);
    note_gaps(points, proportion, out);
    return out;
}

}  // namespace metricgate::comparison
