// What a monitoring system scrapes of a history: the newest measurement of each metric, its limits
// and whether it rings. Nothing is rounded, since Prometheus draws what it is given.
#include <cmath>
#include <functional>

#include "report/escape.h"
#include "report/gauges.h"
#include "report/history.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::MetricHistory;
using verdict::PointState;

std::string label_of(const MetricHistory& history) {
    return gauge_label("metric", file_sink.name(history.metric));
}

/// One gauge a metric that has the number; nothing when none has.
std::string family(const char* name, const char* help, const HistoryView& view,
                   const std::function<std::optional<double>(const MetricHistory&)>& number) {
    std::string samples;
    for (const MetricHistory& history : view.metrics) {
        const std::optional<double> value = number(history);
        if (value && std::isfinite(*value)) {
            samples += gauge_sample(name, label_of(history), support::format_exact(*value));
        }
    }
    return samples.empty() ? "" : gauge_head(name, help) + samples;
}

std::string states(const HistoryView& view) {
    std::string samples;
    for (const MetricHistory& history : view.metrics) {
        for (const PointState state : {PointState::learning, PointState::in_limits,
                                       PointState::rings, PointState::no_limits}) {
            samples +=
                gauge_sample("history_state",
                             label_of(history) + "," + gauge_label("state", verdict::name(state)),
                             history.state() == state ? "1" : "0");
        }
    }
    return samples.empty() ? ""
                           : gauge_head("history_state",
                                        "1 for what the chart says of the newest measurement.") +
                                 samples;
}

std::optional<double> count(std::size_t number) {
    return static_cast<double>(number);
}

std::optional<double> of_limits(const MetricHistory& history,
                                double (*number)(const verdict::HistoryLimits&)) {
    return history.limits ? std::optional(number(*history.limits)) : std::nullopt;
}

}  // namespace

std::string render_history_openmetrics(const HistoryView& view, const Style& /*style*/) {
    using verdict::HistoryLimits;
    std::size_t ringing = 0;
    for (const MetricHistory& history : view.metrics) {
        ringing += history.state() == PointState::rings ? 1U : 0U;
    }
    std::string text = gauge_head("history_ringing", "How many metrics ring.") +
                       gauge_sample("history_ringing", "", std::to_string(ringing));
    text += states(view);
    text += family("history_value", "Value of the newest measurement.", view,
                   [](const MetricHistory& history) -> std::optional<double> {
                       return history.measurements.empty()
                                  ? std::nullopt
                                  : std::optional(history.measurements.back().value);
                   });
    text += family(
        "history_time_seconds", "When the newest measurement was recorded, since 1970.", view,
        [](const MetricHistory& history) -> std::optional<double> {
            const bool known = !history.measurements.empty() && history.measurements.back().time;
            return known ? std::optional(static_cast<double>(*history.measurements.back().time))
                         : std::nullopt;
        });
    text += family(
        "history_lower_limit", "Lower control limit.", view, [](const MetricHistory& history) {
            return of_limits(history,
                             [](const HistoryLimits& limits) { return limits.limits.lower; });
        });
    text += family("history_center", "What the metric is held against: the mean of phase 1.", view,
                   [](const MetricHistory& history) {
                       return of_limits(history,
                                        [](const HistoryLimits& limits) { return limits.center; });
                   });
    text += family(
        "history_upper_limit", "Upper control limit.", view, [](const MetricHistory& history) {
            return of_limits(history,
                             [](const HistoryLimits& limits) { return limits.limits.upper; });
        });
    text += family("history_measurements", "How many measurements the history holds.", view,
                   [](const MetricHistory& history) { return count(history.measurements.size()); });
    text += family("history_repeated", "How many of them were made by several attempts.", view,
                   [](const MetricHistory& history) { return count(history.repeated); });
    text += family("history_changes", "How many changes of level the history holds.", view,
                   [](const MetricHistory& history) { return count(history.changes.size()); });
    text += family("history_since_change", "Measurements since the last change of level.", view,
                   [](const MetricHistory& history) {
                       return count(history.changes.empty() ? history.measurements.size()
                                                            : history.changes.back().n_after);
                   });
    return text + "# EOF\n";
}

}  // namespace metricgate::report
