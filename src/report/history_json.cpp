#include <optional>

#include "comparison/chart_run_length.h"
#include "report/escape.h"
#include "report/history.h"
#include "report/json_values.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::MetricHistory;

Json measurement(const verdict::Measurement& point) {
    Json metadata = Json::object();
    for (const auto& [name, value] : point.metadata) {
        metadata[name] = value;
    }
    Json rules = Json::array();
    for (const verdict::Rung& rung : point.rung) {
        rules.push_back({{"rule", rung.rule}, {"side", rung.above ? "above" : "below"}});
    }
    return {{"value", number(point.value)},
            {"standard_error", number(point.standard_error)},
            {"n", or_null(point.n)},
            {"key", text_or_null(point.key)},
            {"step", or_null(point.step)},
            {"time", or_null(point.time)},
            {"commit", text_or_null(point.commit)},
            {"data_digest", text_or_null(point.data_digest)},
            {"new_data", point.new_data},
            {"attempts", point.attempts},
            {"lowest", number(point.lowest)},
            {"highest", number(point.highest)},
            {"state", verdict::name(point.state)},
            {"rules", rules},
            {"metadata", metadata}};
}

Json changes(const MetricHistory& history) {
    Json list = Json::array();
    for (const verdict::LevelChange& change : history.changes) {
        const verdict::Measurement& point = history.measurements[change.at];
        list.push_back({{"position", change.at + 1},
                        {"key", text_or_null(point.key)},
                        {"commit", text_or_null(point.commit)},
                        {"before", number(change.before)},
                        {"after", number(change.after)},
                        {"change", number(change.after - change.before)},
                        {"n_before", change.n_before},
                        {"n_after", change.n_after},
                        {"statistic", number(change.statistic)},
                        {"p", number(change.p)},
                        {"better", or_null(change.better)}});
    }
    return list;
}

Json limits(const MetricHistory& history) {
    if (!history.limits) {
        return nullptr;
    }
    const verdict::HistoryLimits& limits = *history.limits;
    return {{"lower", number(limits.limits.lower)},
            {"upper", number(limits.limits.upper)},
            {"center", number(limits.center)},
            {"sigma", number(limits.sigma)},
            {"constant", limits.constant},
            {"first", limits.from + 1},
            {"last", limits.until}};
}

/// The settings of a chart that its type looks at, by the keys of a policy.
Json settings_of(const comparison::ChartOptions& options) {
    Json settings = {{"limits_from", options.points}};
    switch (options.type) {
        case comparison::ChartType::individuals:
            settings["rules"] = Json::array();
            for (const stats::RunRule rule : options.rules) {
                settings["rules"].push_back(comparison::word_of(rule));
            }
            break;
        case comparison::ChartType::ewma:
            settings["weight"] = options.weight;
            settings["width"] = options.width;
            break;
        case comparison::ChartType::cusum:
            settings["allowance"] = options.allowance;
            settings["decision"] = options.decision;
            break;
        case comparison::ChartType::moving_average:
            settings["span"] = options.span;
            settings["width"] = options.width;
            break;
    }
    return settings;
}

Json charts(const MetricHistory& history) {
    Json list = Json::array();
    for (const verdict::HistoryChart& chart : history.charts) {
        const auto known = [&](double value) { return chart.judged ? number(value) : nullptr; };
        list.push_back({{"type", comparison::name_of(chart.options.type)},
                        {"sides", chart.options.two_sided ? "both" : "worse"},
                        {"settings", settings_of(chart.options)},
                        {"run_length",
                         {{"points", number(chart.run_length.points)},
                          {"at_least", chart.run_length.at_least},
                          {"source", chart.run_length.source}}},
                        {"judged", chart.judged},
                        {"center", known(chart.center)},
                        {"sigma", known(chart.sigma)},
                        {"statistic", known(chart.bounds.statistic)},
                        {"lower", known(chart.bounds.lower)},
                        {"upper", known(chart.bounds.upper)},
                        {"broken", chart.broken}});
    }
    return list;
}

Json metric(const MetricHistory& history) {
    Json points = Json::array();
    for (const verdict::Measurement& point : history.measurements) {
        points.push_back(measurement(point));
    }
    const Json direction =
        history.higher_is_better ? Json(*history.higher_is_better ? "higher" : "lower") : nullptr;
    return {{"metric", history.metric},
            {"unit", text_or_null(history.unit)},
            {"direction", direction},
            {"state", verdict::name(history.state())},
            {"points", history.points},
            {"left_out", history.left_out},
            {"newest_left_out", history.last_left_out},
            {"repeated", history.repeated},
            {"in_control", history.in_control},
            {"unjudged", text_or_null(history.unjudged)},
            {"limits", limits(history)},
            {"charts", charts(history)},
            {"method", verdict::name(history.method)},
            {"changes", changes(history)},
            {"notes", history.notes},
            {"measurements", points}};
}

}  // namespace

std::string render_history_json(const HistoryView& view, const Style& /*style*/) {
    Json metrics = Json::array();
    for (const MetricHistory& history : view.metrics) {
        metrics.push_back(metric(history));
    }
    const Json report = {{"schema", "metricgate.history_report/1"},
                         {"program_version", view.program_version},
                         {"source", view.source},
                         {"address", text_or_null(view.address)},
                         {"settings",
                          {{"method", verdict::name(view.settings.method)},
                           {"level", number(view.settings.level)},
                           {"least_segment", view.settings.least_segment},
                           {"phase_one", view.settings.phase_one},
                           {"seed", view.settings.seed}}},
                         {"notes", view.notes},
                         {"metrics", metrics}};
    // ASCII only, as in the report of `check`.
    return guard_json(report.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace metricgate::report
