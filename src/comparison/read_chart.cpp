#include "comparison/read_chart.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "comparison/chart_limits.h"
#include "comparison/chart_run_length.h"
#include "comparison/contrast.h"
#include "comparison/pooled_points.h"
#include "comparison/recorded.h"
#include "metrics/evaluate.h"
#include "stats/control_charts.h"
#include "support/counted.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using stats::RunRule;

/// A sum is held at most this far above its decision: a model that is mended stops ringing after a
/// few points, not after as many as the sum had grown.
constexpr double beyond_decision = 1.0;
constexpr double three = 3.0;

/// What keeps a point from being charted, or nothing.
std::string problem_of(const PooledPoint& each) {
    const evidence::HistoryPoint& point = each.point;
    evidence::Scalar scalar;
    scalar.value = point.value;
    scalar.standard_error = point.standard_error;
    const std::string problem = scalar_problem(scalar, "point");
    return problem.empty()
               ? ""
               : "point '" + support::visible(point.key, 60) + "' of the history: its " +
                     problem.substr(std::string("the point's ").size());
}

/// Rules that know no better and worse.
bool has_direction(RunRule rule) {
    return rule != RunRule::fourteen_alternating && rule != RunRule::fifteen_within_one &&
           rule != RunRule::eight_beyond_one_either_side;
}

/// Whether the rule's pattern ends at the newest point. `values`: standardised, negative is worse.
bool ends_in_pattern(RunRule rule, std::span<const double> values, bool two_sided) {
    std::vector<double> looked_at(values.begin(), values.end());
    if (!two_sided) {
        if (!has_direction(rule)) {
            return false;
        }
        if (rule == RunRule::six_trending) {
            if (values.size() > 1 && values[values.size() - 1] > values[values.size() - 2]) {
                return false;
            }
        } else {
            for (double& value : looked_at) {
                value = std::min(value, 0.0);  // what is better is on the center line
            }
        }
    }
    const auto found = stats::find_pattern(rule, looked_at, 0.0, 1.0);
    return !found.empty() && found.back() + 1 == values.size();
}

/// What a chart says of its newest point, in sigmas; negative is worse.
struct Answer {
    double statistic = 0.0;
    double limit = 0.0;  ///< half width
    std::vector<std::string> broken;
};

Answer individuals(std::span<const double> values, const ChartOptions& options) {
    Answer answer{values.back(), three, {}};
    for (const RunRule rule : options.rules) {
        if (ends_in_pattern(rule, values, options.two_sided)) {
            answer.broken.emplace_back(word_of(rule));
        }
    }
    return answer;
}

bool is_beyond(double statistic, double limit, bool two_sided) {
    return statistic < -limit || (two_sided && statistic > limit);
}

Answer ewma(std::span<const double> values, const ChartOptions& options) {
    const auto chart = stats::ewma_chart(values, 0.0, 1.0, options.weight, options.width);
    const stats::EwmaPoint& last = chart.points.back();
    Answer answer{last.average, last.limits.upper, {}};
    if (is_beyond(answer.statistic, answer.limit, options.two_sided)) {
        answer.broken.emplace_back("ewma_beyond_limits");
    }
    return answer;
}

Answer moving_average(std::span<const double> values, const ChartOptions& options) {
    const std::size_t span = std::min(options.span, values.size());
    double sum = 0.0;
    for (const double value : values.last(span)) {
        sum += value;
    }
    const auto count = static_cast<double>(span);
    Answer answer{sum / count, options.width / std::sqrt(count), {}};
    if (is_beyond(answer.statistic, answer.limit, options.two_sided)) {
        answer.broken.emplace_back("moving_average_beyond_limits");
    }
    return answer;
}

Answer cusum(std::span<const double> values, const ChartOptions& options) {
    double low = 0.0;
    double high = 0.0;
    const double most = options.decision + beyond_decision;
    for (const double value : values) {
        low = std::clamp(low - value - options.allowance, 0.0, most);
        high = std::clamp(high + value - options.allowance, 0.0, most);
    }
    Answer answer{-low, options.decision, {}};
    if (options.two_sided && high > low) {
        answer.statistic = high;
    }
    if (is_beyond(answer.statistic, answer.limit, options.two_sided)) {
        answer.broken.emplace_back("cusum_beyond_decision");
    }
    return answer;
}

Answer read(std::span<const double> values, const ChartOptions& options) {
    switch (options.type) {
        case ChartType::individuals:
            return individuals(values, options);
        case ChartType::ewma:
            return ewma(values, options);
        case ChartType::cusum:
            return cusum(values, options);
        case ChartType::moving_average:
            return moving_average(values, options);
    }
    return individuals(values, options);
}

void note_attempts(const std::vector<PooledPoint>& points, Comparison& out) {
    const PooledPoint& newest = points.back();
    if (newest.attempts > 1) {
        add_note(out, "attempts",
                 support::counted(newest.attempts, "attempts") +
                     " on this commit and data; their mean is judged, so that a retry cannot "
                     "replace a bad result.");
    }
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

void note_basis(const Basis& basis, const Chart& chart, Comparison& out) {
    if (!basis.reason.empty()) {
        add_note(out, "limits_based_anew",
                 "The limits start at point " + support::visible(chart.points.front().key, 40) +
                     ": " + basis.reason + ".");
    }
    for (const std::string& key : basis.unknown_steps) {
        add_note(out, "accepted_step_unknown",
                 "No point of the history is called " + support::visible(key, 40) +
                     ", so that this accepted step changes nothing.");
    }
    if (chart.left_out > 0) {
        add_note(out, "points_out_of_control",
                 support::count_of(chart.left_out, "early point", "early points") +
                     " lie beyond three sigmas of the others and are no base for the limits.");
    }
    if (chart.floor) {
        add_note(out, "sigma_floor",
                 "The history moves less than " + support::format_short(*chart.floor, 3) +
                     ", the least sigma that counts.");
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
    const Basis basis = basis_of(points, options.accepted);
    points.erase(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(basis.first));
    for (const PooledPoint& each : points) {
        if (out.problem.empty()) {
            out.problem = problem_of(each);
        }
    }
    if (!out.problem.empty()) {
        return out;
    }
    const bool proportion = metric.definition != nullptr && metrics::is_outcome(metric);
    const std::vector<double> errors = standard_errors(points, proportion);
    const FrozenLimits limits = frozen_limits(points, errors, options.points);
    Chart chart;
    chart.type = options.type;
    chart.two_sided = options.two_sided;
    chart.rules = options.type == ChartType::individuals ? options.rules : std::vector<RunRule>{};
    chart.standardised = limits.standardised;
    chart.limit_points = limits.points;
    chart.left_out = limits.left_out;
    chart.based_on = basis.reason;
    chart.run_length = run_length_in_control(options);
    chart.center = limits.center;
    out.candidate = metrics::Value::of(points.back().point.value.value);
    out.n = limits.points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        chart.points.push_back({points[i].point.key, points[i].point.commit,
                                points[i].point.value.value, points[i].attempts, 0.0,
                                limits.used[i]});
    }
    note_attempts(points, out);
    if (limits.points < options.points) {
        note_basis(basis, chart, out);
        out.insufficient = Insufficient{"points in control", limits.points, options.points};
        out.chart = std::move(chart);
        return out;
    }
    out.baseline = metrics::Value::of(limits.center);
    const double floor = std::max(options.least_sigma.value_or(0.0), sigma_of_rounding(points));
    std::vector<double> charted;
    double sigma = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double own = limits.sigma * (errors.empty() ? 1.0 : errors[i]);
        sigma = std::max(widening(limits.points) * own, floor);
        chart.raw_sigma = own;
        chart.floor = widening(limits.points) * own < floor ? std::optional(floor) : std::nullopt;
        const double distance =
            metric.orientation() * (points[i].point.value.value - limits.center);
        // Only a history of zeros has no sigma at all, and nothing in it moves.
        chart.points[i].standardised = sigma > 0.0 ? distance / sigma : 0.0;
        if (i >= limits.after) {
            charted.push_back(chart.points[i].standardised);
        }
    }
    chart.sigma = sigma;
    const Answer answer = read(charted, options);
    chart.broken = answer.broken;
    const bool is_sum = options.type == ChartType::cusum;
    const double origin = is_sum ? 0.0 : limits.center;
    chart.statistic = origin + metric.orientation() * sigma * answer.statistic;
    chart.lower = origin - sigma * answer.limit;
    chart.upper = origin + sigma * answer.limit;
    out.delta = metric.orientation() * (out.candidate.number() - limits.center);
    note_basis(basis, chart, out);
    if (chart.standardised) {
        add_note(out, "residuals_in_standard_errors",
                 "Every point has its own standard error and is charted as its distance from the "
                 "center in standard errors; the limits are those of the newest point.");
    }
    out.chart = std::move(chart);
    return out;
}

}  // namespace metricgate::comparison
