// What `metricgate calibrate` says to people, on a terminal and as Markdown.
#include <algorithm>
#include <cmath>

#include "comparison/chart_run_length.h"
#include "report/calibration.h"
#include "report/escape.h"
#include "report/figures.h"
#include "report/history_words.h"
#include "report/table.h"
#include "support/counted.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::Calibration;
using verdict::ChartNoise;
using verdict::MetricCalibration;
using verdict::Noise;
using verdict::NoiseSource;
using verdict::RuleNoise;

constexpr std::size_t indent = 4;

std::string percent(double share) {
    return support::format_short(100.0 * share, 2) + " %";
}

std::string noise_words(const Noise& noise) {
    const std::string degrees = support::format_short(noise.degrees_of_freedom, 3);
    return "sigma " + support::format_short(noise.sigma, 3) + " (90 % interval " +
           support::format_short(noise.lower, 3) + " to " + support::format_short(noise.upper, 3) +
           ", " + degrees + (degrees == "1" ? " degree" : " degrees") + " of freedom)";
}

std::string rule_words(const RuleNoise& rule) {
    const bool margin = rule.kind == RuleNoise::Kind::margin;
    return "check `" + rule.check + "`, " + verdict::name(rule.kind) + " " +
           history_number(rule.value) + ": an unchanged model breaks it in " +
           percent(rule.false_alarm) + " of " + (margin ? "comparisons" : "measurements") +
           "; in this history " + grouped(rule.broken) + " of " + grouped(rule.looked_at) +
           (margin ? " steps" : " measurements") + " did";
}

std::string chart_words(const ChartNoise& chart) {
    const comparison::RunLength& length = chart.run_length;
    const auto points = static_cast<std::uint64_t>(std::llround(length.points));
    std::string words =
        "check `" + chart.check + "`, " + std::string(comparison::name_of(chart.type)) + " chart" +
        (chart.two_sided ? " of both sides" : "") + ": by chance it rings once in about " +
        support::counted(points, "points") + (length.at_least ? " or more" : "") + " (" +
        length.source + "), at " + percent(chart.false_alarm()) +
        (length.at_least ? " or less" : "") +
        " of measurements of an unchanged model; in this history it would have "
        "rung at " +
        grouped(chart.rang) + " of " + grouped(chart.judged) + " measurements that it judges";
    if (chart.looked_at < chart.measurements) {
        words += ", looking at " + grouped(chart.looked_at) + " of " + grouped(chart.measurements);
    }
    if (chart.too_few > 0) {
        words += "; " + grouped(chart.too_few) + " had too few points before them";
    }
    const std::size_t failed = chart.looked_at - chart.judged - chart.too_few;
    if (failed > 0) {
        words += "; " + grouped(failed) + " could not be judged: " + chart.problem;
    }
    return words;
}

}  // namespace

std::string calibration_headline(const Calibration& calibration) {
    const auto proposed = static_cast<std::size_t>(std::ranges::count_if(
        calibration.metrics,
        [](const MetricCalibration& metric) { return metric.margin.has_value(); }));
    return "proposals for " + grouped(proposed) + " of " +
           support::counted(calibration.metrics.size(), "metrics");
}

std::vector<std::string> calibration_sentences(const MetricCalibration& metric, double confidence) {
    std::vector<std::string> sentences;
    if (metric.repeats) {
        sentences.push_back("repeats of " + support::counted(metric.repeats->groups, "commits") +
                            ", " + support::counted(metric.repeats->values, "runs") + ": " +
                            noise_words(*metric.repeats));
    }
    if (metric.history) {
        sentences.push_back("history since the last change of level, " +
                            support::counted(metric.stable, "measurements") + ": " +
                            noise_words(*metric.history));
    }
    if (!metric.margin) {
        sentences.push_back("nothing is proposed: " + metric.unknown);
    } else {
        sentences.push_back("proposed margin: {abs: " + support::format_short(*metric.margin, 3) +
                            "}, from the " + verdict::name(metric.used) +
                            "; an unchanged model loses more in " + percent(1.0 - confidence) +
                            " of comparisons of two single runs");
    }
    if (metric.limits) {
        const auto every = [](comparison::ChartType type) {
            const auto length = comparison::run_length_in_control(verdict::proposed_chart(type));
            return support::format_short(length.points, 3);
        };
        sentences.push_back("proposed chart: limits " + history_number(metric.limits->lower) +
                            " to " + history_number(metric.limits->upper) + " around " +
                            history_number(metric.level) + " (a false alarm every " +
                            every(comparison::ChartType::individuals) +
                            " measurements); CUSUM of both sides with allowance " +
                            support::format_short(metric.cusum_allowance, 3) + " and decision " +
                            support::format_short(metric.cusum_decision, 3) + " (every " +
                            every(comparison::ChartType::cusum) + ")");
    } else if (metric.margin) {
        sentences.push_back(
            "no chart is proposed: " + support::counted(metric.stable, "measurements") +
            " since the last change of level, " +
            support::counted(verdict::least_stable, "measurements") + " are wanted");
    }
    for (const RuleNoise& rule : metric.rules) {
        sentences.push_back(rule_words(rule));
    }
    for (const ChartNoise& chart : metric.charts) {
        sentences.push_back(chart_words(chart));
    }
    for (const std::string& note : metric.notes) {
        sentences.push_back("note: " + note);
    }
    return sentences;
}

std::vector<std::string> calibration_formulas(const Calibration& calibration) {
    return {
        "Repeats: the standard deviation of attempts at one commit and data digest, pooled. "
        "History: the mean moving range / 1.128 since the last change of level, with the degrees "
        "of "
        "freedom of moving ranges (11.7 of 20 measurements).",
        "Margin: t(" + support::format_short(calibration.confidence) +
            ", degrees) sqrt(2) sigma, the loss that the difference of two single runs of an "
            "unchanged model exceeds once in " +
            support::format_short(1.0 / (1.0 - calibration.confidence), 3) +
            ". A margin is also what may be lost: take a smaller one where that is too much, "
            "and repeat runs.",
        "Repeats on one test set do not hold the noise of drawing another one; for checks on "
        "predictions ask `metricgate power`."};
}

std::string render_calibration_text(const Calibration& calibration, const Style& style) {
    std::string text = "metricgate calibrate: " + calibration_headline(calibration) + "\n\n";
    text += wrap("From " + calibration.source + ": " + escape_terminal(calibration.address), 0,
                 style.columns);
    if (!calibration.policy.empty()) {
        text += wrap("Policy: " + escape_terminal(calibration.policy), 0, style.columns);
    }
    for (const std::string& note : calibration.notes) {
        text += wrap(terminal_sentence(note), 0, style.columns);
    }
    for (const MetricCalibration& metric : calibration.metrics) {
        text += "\n" + escape_terminal(metric.metric) + "\n";
        for (const std::string& sentence : calibration_sentences(metric, calibration.confidence)) {
            text += wrap(terminal_sentence(sentence), indent, style.columns);
        }
    }
    text += "\n";
    for (const std::string& sentence : calibration_formulas(calibration)) {
        text += wrap(sentence, 0, style.columns);
    }
    return guard_workflow_lines(text);
}

std::string render_calibration_markdown(const Calibration& calibration, const Style& /*style*/) {
    std::string text = "# metricgate calibrate: " + calibration_headline(calibration) + "\n\n";
    text += "From " + calibration.source + ": " + code_span(calibration.address) + "\n";
    if (!calibration.policy.empty()) {
        text += "\nPolicy: " + code_span(calibration.policy) + "\n";
    }
    for (const std::string& note : calibration.notes) {
        text += "\n" + escape_markdown(note) + "\n";
    }
    for (const MetricCalibration& metric : calibration.metrics) {
        text += "\n## " + code_span(metric.metric) + "\n\n";
        for (const std::string& sentence : calibration_sentences(metric, calibration.confidence)) {
            text += "- " + escape_markdown(sentence) + "\n";
        }
    }
    for (const std::string& sentence : calibration_formulas(calibration)) {
        text += "\n" + escape_markdown(sentence) + "\n";
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
