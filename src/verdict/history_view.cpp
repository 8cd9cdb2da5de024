#include "verdict/history_view.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "comparison/pooled_points.h"
#include "metrics/catalog.h"
#include "stats/change_points.h"
#include "stats/exact_sum.h"
#include "support/counted.h"
#include "support/node.h"
#include "support/number.h"
#include "verdict/history_charts.h"

namespace metricgate::verdict {
namespace {

using evidence::HistoryPoint;

using comparison::ChartOptions;
using comparison::PooledPoint;

constexpr std::size_t longest_searched = 10'000;

bool is_finite(const HistoryPoint& point) {
    return point.value.kind == support::NumberKind::finite;
}

std::vector<double> values_of(const std::vector<Measurement>& measurements, std::size_t from,
                              std::size_t until) {
    std::vector<double> values;
    for (std::size_t at = from; at < until; ++at) {
        values.push_back(measurements[at].value);
    }
    return values;
}

double mean_of(const std::vector<Measurement>& measurements, std::size_t from, std::size_t until) {
    stats::ExactSum sum;
    for (std::size_t at = from; at < until; ++at) {
        sum.add(measurements[at].value);
    }
    return sum.value() / static_cast<double>(until - from);
}

Measurement measurement_of(const PooledPoint& pool) {
    const HistoryPoint& point = pool.point;
    Measurement measurement;
    measurement.value = point.value.value;
    if (point.standard_error) {
        measurement.standard_error = point.standard_error->value;
    }
    measurement.n = point.n;
    measurement.key = point.key;
    measurement.step = point.step;
    measurement.time = point.time;
    measurement.commit = point.commit;
    measurement.data_digest = point.data_digest;
    measurement.metadata = point.metadata;
    measurement.attempts = pool.attempts;
    measurement.lowest = pool.lowest;
    measurement.highest = pool.highest;
    return measurement;
}

/// The metric as a check would bind the name; one that the catalog does not know has no direction.
metrics::Metric metric_named(const std::string& name, std::optional<bool>& higher_is_better) {
    const auto* known = metrics::find(name);
    if (known != nullptr && !known->undirected && (known->needs & metrics::value_column) == 0) {
        support::Node node;
        node.kind = support::Node::Kind::text;
        node.text = name;
        if (auto bound = metrics::bind(node)) {
            higher_is_better = bound->direction == metrics::Direction::higher_is_better;
            return *bound;
        }
    }
    metrics::Metric unknown;
    unknown.name = unknown.title = name;
    unknown.direction = metrics::Direction::higher_is_better;
    return unknown;
}

std::vector<stats::ChangePoint> changes_of(const std::vector<double>& values, ChangeMethod method,
                                           const HistorySettings& settings) {
    switch (method) {
        case ChangeMethod::e_divisive: {
            stats::EDivisiveSettings divisive;
            divisive.level = settings.level;
            divisive.least_segment = settings.least_segment;
            divisive.seed = settings.seed;
            return stats::e_divisive(values, divisive).value();
        }
        case ChangeMethod::pelt: {
            stats::PeltSettings pelt;
            pelt.least_segment = settings.least_segment;
            return stats::pelt(values, pelt).value();
        }
    }
    return {};
}

void find_changes(MetricHistory& history, const HistorySettings& settings) {
    const auto& measurements = history.measurements;
    history.method = settings.method;
    if (history.method == ChangeMethod::e_divisive && measurements.size() > longest_e_divisive) {
        history.method = ChangeMethod::pelt;
        history.notes.push_back(
            support::counted(measurements.size(), "measurements") +
            " are too many for E-divisive; changes are those of PELT, which has no p");
    }
    // PELT is linear only where changes are found on the way.
    const std::size_t first =
        measurements.size() > longest_searched ? measurements.size() - longest_searched : 0;
    if (first > 0) {
        history.notes.push_back("changes of level are searched for in the newest " +
                                support::counted(longest_searched, "measurements"));
    }
    auto found =
        changes_of(values_of(measurements, first, measurements.size()), history.method, settings);
    for (stats::ChangePoint& change : found) {
        change.at += first;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t from = i == 0 ? first : found[i - 1].at;
        const std::size_t until = i + 1 < found.size() ? found[i + 1].at : measurements.size();
        LevelChange change;
        change.at = found[i].at;
        change.statistic = found[i].statistic;
        change.p = found[i].p;
        change.before = mean_of(measurements, from, change.at);
        change.after = mean_of(measurements, change.at, until);
        change.n_before = change.at - from;
        change.n_after = until - change.at;
        if (history.higher_is_better) {
            change.better = (change.after > change.before) == *history.higher_is_better;
        }
        history.changes.push_back(change);
    }
}

}  // namespace

PointState MetricHistory::state() const {
    return measurements.empty() ? PointState::no_limits : measurements.back().state;
}

MetricHistory view_history(const evidence::History& history, const HistorySettings& settings) {
    MetricHistory view;
    view.metric = history.metric;
    view.unit = history.unit;
    const metrics::Metric metric = metric_named(history.metric, view.higher_is_better);
    view.points = history.points.size();
    std::vector<PooledPoint> points = comparison::pooled(history.points);
    const std::vector<ChartOptions> charts =
        settings.charts.empty()
            ? default_charts(view.higher_is_better.has_value(), settings.phase_one)
            : settings.charts;
    for (const ChartOptions& chart : charts) {
        const std::string problem = unusable_since_basis(points, chart);
        view.unjudged = view.unjudged.empty() ? problem : view.unjudged;
    }
    std::vector<std::size_t> bases;  // where limits begin, counted in points that are kept
    for (const ChartOptions& chart : charts) {
        const auto rebases = comparison::rebases_of(points, chart.accepted);
        const std::size_t first = rebases.empty() ? 0 : rebases.back().first;
        bases.push_back(static_cast<std::size_t>(
            std::ranges::count_if(std::span(points).first(first),
                                  [](const PooledPoint& each) { return is_finite(each.point); })));
    }
    view.last_left_out = !points.empty() && !is_finite(points.back().point);
    std::erase_if(points, [&view](const PooledPoint& each) {
        const bool drop = !is_finite(each.point);
        view.left_out += drop ? each.attempts : 0U;
        return drop;
    });
    if (view.left_out > 0) {
        view.notes.push_back("points without a finite number are left out: " +
                             std::to_string(view.left_out) + " of " + std::to_string(view.points) +
                             (view.last_left_out ? "; the newest is one of them" : ""));
    }
    for (const PooledPoint& each : points) {
        view.measurements.push_back(measurement_of(each));
        view.repeated += each.attempts > 1 ? 1U : 0U;
    }
    for (const comparison::Rebase& rebase : comparison::rebases_of(points, {})) {
        view.measurements[rebase.first].new_data = true;
    }
    if (view.unjudged.empty() && metric.definition != nullptr && !points.empty()) {
        const double newest = points.back().point.value.value;
        if (newest < metric.definition->lowest || newest > metric.definition->highest) {
            view.unjudged = "the newest value is " + support::format_short(newest, 6) +
                            ", which lies outside the range of the metric from " +
                            support::format_short(metric.definition->lowest) + " to " +
                            support::format_short(metric.definition->highest);
        }
    }
    chart_history(view, points, bases, metric, charts);
    find_changes(view, settings);
    return view;
}

const char* name(PointState state) {
    switch (state) {
        case PointState::learning:
            return "learning";
        case PointState::in_limits:
            return "in_limits";
        case PointState::rings:
            return "rings";
        case PointState::no_limits:
            return "no_limits";
    }
    return "no_limits";
}

const char* name(ChangeMethod method) {
    switch (method) {
        case ChangeMethod::e_divisive:
            return "e_divisive";
        case ChangeMethod::pelt:
            return "pelt";
    }
    return "e_divisive";
}

}  // namespace metricgate::verdict
