#include "verdict/history_view.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "metrics/catalog.h"
#include "stats/change_points.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/run_length.h"
#include "support/counted.h"
#include "support/number.h"

namespace metricgate::verdict {
namespace {

using evidence::HistoryPoint;

constexpr double limit_sigmas = 3.0;
constexpr std::size_t longest_searched = 10'000;
/// What a mean moving range knows of sigma, against the sample variance of as many values (Palm and
/// Wheeler 1990).
constexpr double range_efficiency = 0.62;
/// Of a history that never moved: what rounding alone may do.
constexpr double rounding = 1e-12;

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

/// What one group of attempts adds up to.
struct Attempts {
    stats::ExactSum values;
    stats::ExactSum variances;
    bool all_have_errors = true;
};

void add(Attempts& attempts, Measurement& measurement, const HistoryPoint& point) {
    const double value = point.value.value;
    attempts.values.add(value);
    const bool has_error =
        point.standard_error && point.standard_error->kind == support::NumberKind::finite;
    attempts.all_have_errors = attempts.all_have_errors && has_error;
    if (has_error) {
        attempts.variances.add(point.standard_error->value * point.standard_error->value);
    }
    measurement.lowest = std::min(measurement.lowest, value);
    measurement.highest = std::max(measurement.highest, value);
}

Measurement start(const HistoryPoint& point) {
    Measurement measurement;
    measurement.n = point.n;
    measurement.key = point.key;
    measurement.step = point.step;
    measurement.time = point.time;
    measurement.commit = point.commit;
    measurement.data_digest = point.data_digest;
    measurement.metadata = point.metadata;
    measurement.attempts = 0;
    measurement.lowest = measurement.highest = point.value.value;
    return measurement;
}

std::size_t start_of_newest_data(const std::vector<Measurement>& measurements) {
    std::size_t from = measurements.size();
    while (from > 0 && !(from < measurements.size() && measurements[from].new_data)) {
        --from;
    }
    return from;
}

std::optional<HistoryLimits> limits_of(const std::vector<Measurement>& measurements,
                                       const HistorySettings& settings) {
    const std::size_t from = start_of_newest_data(measurements);
    if (measurements.size() - from < settings.phase_one) {
        return std::nullopt;
    }
    HistoryLimits limits;
    limits.from = from;
    limits.until = from + settings.phase_one;
    const auto values = values_of(measurements, limits.from, limits.until);
    const stats::IndividualsChart plain = stats::individuals_chart(values);
    limits.constant = plain.sigma == 0.0;
    limits.center = plain.center;
    limits.sigma = limits.constant ? rounding * std::abs(plain.center)
                                   : limit_widening(settings.phase_one) * plain.sigma;
    const double reach = limit_sigmas * limits.sigma;
    limits.limits = {limits.center - reach, limits.center + reach};
    return limits;
}

void judge(MetricHistory& history) {
    if (!history.limits) {
        return;
    }
    const HistoryLimits& limits = *history.limits;
    const auto values = values_of(history.measurements, limits.until, history.measurements.size());
    const auto sums = stats::cusum_chart(values, limits.center, cusum_allowance * limits.sigma,
                                         cusum_decision * limits.sigma);
    for (std::size_t at = limits.from; at < limits.until; ++at) {
        history.measurements[at].state = PointState::learning;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        Measurement& point = history.measurements[limits.until + i];
        point.beyond_limits = limits.limits.signals(point.value);
        point.cusum_high = sums[i].signals_high;
        point.cusum_low = sums[i].signals_low;
        const bool quiet = !point.beyond_limits && !point.cusum_high && !point.cusum_low;
        point.state = quiet ? PointState::in_limits : PointState::rings;
    }
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

std::vector<Measurement> pool_attempts(const std::vector<HistoryPoint>& points) {
    using Key = std::tuple<std::string, std::string, std::optional<std::int64_t>>;
    std::map<Key, std::size_t> places;
    std::vector<Measurement> measurements;
    std::vector<Attempts> attempts;
    std::size_t newest = 0;
    for (const HistoryPoint& point : points) {
        if (!is_finite(point)) {
            continue;
        }
        std::size_t place = measurements.size();
        if (!point.commit.empty()) {
            place = places.try_emplace({point.commit, point.data_digest, point.step}, place)
                        .first->second;
        }
        if (place == measurements.size()) {
            measurements.push_back(start(point));
            attempts.emplace_back();
        }
        add(attempts[place], measurements[place], point);
        ++measurements[place].attempts;
        newest = place;
    }
    // An old commit that was measured again is what the newest answer is about.
    if (!measurements.empty()) {
        const auto at = static_cast<std::ptrdiff_t>(newest);
        std::rotate(measurements.begin() + at, measurements.begin() + at + 1, measurements.end());
        std::rotate(attempts.begin() + at, attempts.begin() + at + 1, attempts.end());
    }
    for (std::size_t i = 0; i < measurements.size(); ++i) {
        Measurement& measurement = measurements[i];
        const auto count = static_cast<double>(measurement.attempts);
        measurement.value =
            std::clamp(attempts[i].values.value() / count, measurement.lowest, measurement.highest);
        if (attempts[i].all_have_errors) {
            measurement.standard_error = std::sqrt(attempts[i].variances.value()) / count;
        }
        const bool known =
            i > 0 && !measurement.data_digest.empty() && !measurements[i - 1].data_digest.empty();
        measurement.new_data = known && measurement.data_digest != measurements[i - 1].data_digest;
    }
    return measurements;
}

PointState MetricHistory::state() const {
    return measurements.empty() ? PointState::no_limits : measurements.back().state;
}

MetricHistory view_history(const evidence::History& history, const HistorySettings& settings) {
    MetricHistory view;
    view.metric = history.metric;
    view.unit = history.unit;
    const auto* known = metrics::find(history.metric);
    if (known != nullptr && !known->undirected && (known->needs & metrics::value_column) == 0) {
        view.higher_is_better = known->direction == metrics::Direction::higher_is_better;
    }
    view.points = history.points.size();
    view.measurements = pool_attempts(history.points);
    for (const HistoryPoint& point : history.points) {
        view.left_out += is_finite(point) ? 0U : 1U;
    }
    view.last_left_out = !history.points.empty() && !is_finite(history.points.back());
    if (view.left_out > 0) {
        view.notes.push_back("points without a finite number are left out: " +
                             std::to_string(view.left_out) + " of " + std::to_string(view.points) +
                             (view.last_left_out ? "; the newest is one of them" : ""));
    }
    for (const Measurement& measurement : view.measurements) {
        view.repeated += measurement.attempts > 1 ? 1U : 0U;
    }
    view.limits = limits_of(view.measurements, settings);
    judge(view);
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

double limit_widening(std::size_t measurements) {
    const auto n = static_cast<double>(measurements);
    const double degrees = range_efficiency * (n - 1.0);
    return stats::student_t_quantile(stats::normal_cdf(limit_sigmas), degrees) *
           std::sqrt(1.0 + 1.0 / n) / limit_sigmas;
}

double limits_run_length() {
    return stats::ewma_run_length(1.0, limit_sigmas, 0.0);
}

double cusum_chart_run_length() {
    return stats::two_sided_cusum_run_length(cusum_allowance, cusum_decision, 0.0);
}

}  // namespace metricgate::verdict
