#include <algorithm>
#include <optional>

#include "comparison/chart_run_length.h"
#include "report/calibration.h"
#include "report/escape.h"
#include "report/json_values.h"

namespace metricgate::report {
namespace {

using verdict::Calibration;
using verdict::MetricCalibration;

Json noise(const std::optional<verdict::Noise>& noise) {
    if (!noise) {
        return nullptr;
    }
    return {
        {"sigma", number(noise->sigma)}, {"lower", number(noise->lower)},
        {"upper", number(noise->upper)}, {"degrees_of_freedom", number(noise->degrees_of_freedom)},
        {"values", noise->values},       {"groups", noise->groups}};
}

double run_length(comparison::ChartType type) {
    return comparison::run_length_in_control(verdict::proposed_chart(type)).points;
}

Json metric(const MetricCalibration& metric) {
    Json rules = Json::array();
    for (const verdict::RuleNoise& rule : metric.rules) {
        rules.push_back({{"check", rule.check},
                         {"kind", verdict::name(rule.kind)},
                         {"value", number(rule.value)},
                         {"false_alarm", number(rule.false_alarm)},
                         {"broken", rule.broken},
                         {"looked_at", rule.looked_at}});
    }
    Json charts = Json::array();
    for (const verdict::ChartNoise& each : metric.charts) {
        charts.push_back({{"check", each.check},
                          {"type", comparison::name_of(each.type)},
                          {"two_sided", each.two_sided},
                          {"run_length",
                           {{"points", number(each.run_length.points)},
                            {"at_least", each.run_length.at_least},
                            {"source", each.run_length.source}}},
                          {"false_alarm", number(each.false_alarm())},
                          {"measurements", each.measurements},
                          {"looked_at", each.looked_at},
                          {"judged", each.judged},
                          {"rang", each.rang},
                          {"too_few", each.too_few},
                          {"problem", text_or_null(each.problem)}});
    }
    Json chart = nullptr;
    if (metric.limits) {
        chart = {{"center", number(metric.level)},
                 {"lower", number(metric.limits->lower)},
                 {"upper", number(metric.limits->upper)},
                 {"limits_run_length", number(run_length(comparison::ChartType::individuals))},
                 {"cusum_allowance", number(metric.cusum_allowance)},
                 {"cusum_decision", number(metric.cusum_decision)},
                 {"cusum_run_length", number(run_length(comparison::ChartType::cusum))}};
    }
    return {{"metric", metric.metric},
            {"unit", text_or_null(metric.unit)},
            {"measurements", metric.measurements},
            {"stable", metric.stable},
            {"repeats", noise(metric.repeats)},
            {"history", noise(metric.history)},
            {"used", verdict::name(metric.used)},
            {"margin", number(metric.margin)},
            {"chart", chart},
            {"unknown", text_or_null(metric.unknown)},
            {"rules", rules},
            {"charts", charts},
            {"notes", metric.notes}};
}

}  // namespace

std::string render_calibration_json(const Calibration& calibration, const Style& /*style*/) {
    Json metrics = Json::array();
    for (const MetricCalibration& each : calibration.metrics) {
        metrics.push_back(metric(each));
    }
    const Json report = {{"schema", "metricgate.calibration/1"},
                         {"program_version", calibration.program_version},
                         {"source", calibration.source},
                         {"address", text_or_null(calibration.address)},
                         {"policy", text_or_null(calibration.policy)},
                         {"confidence", number(calibration.confidence)},
                         {"notes", calibration.notes},
                         {"metrics", metrics}};
    // ASCII only, as in the report of `check`.
    return guard_json(report.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

const std::vector<CalibrationFormat>& calibration_formats() {
    static const std::vector<CalibrationFormat> formats = {
        {"text", render_calibration_text, "metricgate calibrate: "},
        {"markdown", render_calibration_markdown, "# metricgate calibrate: "},
        {"json", render_calibration_json, "{\n  \"schema\": \"metricgate.calibration/"},
    };
    return formats;
}

const CalibrationFormat* find_calibration_format(std::string_view name) {
    const auto found = std::ranges::find(calibration_formats(), name, &CalibrationFormat::name);
    return found == calibration_formats().end() ? nullptr : &*found;
}

}  // namespace metricgate::report
