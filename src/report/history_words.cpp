#include "report/history_words.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "comparison/chart_limits.h"
#include "comparison/chart_run_length.h"
#include "report/figures.h"
#include "support/counted.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::LevelChange;
using verdict::Measurement;
using verdict::MetricHistory;
using verdict::PointState;

constexpr int digits = 6;

std::string padded(unsigned number, std::size_t width) {
    const std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

/// A rule that a measurement breaks, in words.
std::string rung_words(const verdict::Rung& rung) {
    const std::string& rule = rung.rule;
    if (rule == comparison::word_of(stats::RunRule::beyond_three_sigma)) {
        return rung.above ? "above the upper limit" : "below the lower limit";
    }
    if (rule == "cusum_beyond_decision") {
        return std::string("CUSUM of ") + (rung.above ? "rises" : "falls") + " above its decision";
    }
    std::string words = rule;
    std::ranges::replace(words, '_', ' ');
    return words + (rung.above ? " (above)" : " (below)");
}

std::string all_rung_words(const Measurement& point) {
    std::string words;
    for (const verdict::Rung& rung : point.rung) {
        words += (words.empty() ? "" : ", ") + rung_words(rung);
    }
    return words;
}

/// "cusum (allowance 0.5, decision 5.5, both sides) once in about 772".
std::string chart_words(const verdict::HistoryChart& chart) {
    const comparison::ChartOptions& options = chart.options;
    std::string words;
    switch (options.type) {
        case comparison::ChartType::individuals: {
            std::vector<std::string> rules;
            for (const stats::RunRule rule : options.rules) {
                rules.emplace_back(comparison::word_of(rule));
            }
            words = "individuals (" + support::enumerate(rules);
            break;
        }
        case comparison::ChartType::ewma:
            words = "ewma (weight " + support::format_short(options.weight) + ", width " +
                    support::format_short(options.width);
            break;
        case comparison::ChartType::cusum:
            words = "cusum (allowance " + support::format_short(options.allowance) + ", decision " +
                    support::format_short(options.decision);
            break;
        case comparison::ChartType::moving_average:
            words = "moving_average (span " + std::to_string(options.span) + ", width " +
                    support::format_short(options.width);
            break;
    }
    return words + (options.two_sided ? ", both sides)" : ")") + " once in about " +
           support::format_short(chart.run_length.points, 3) +
           (chart.run_length.at_least ? " or more" : "");
}

/// How often the charts of a metric ring while nothing changes.
std::string run_length_words(const MetricHistory& history) {
    std::string words;
    double rate = 0.0;
    for (const verdict::HistoryChart& chart : history.charts) {
        words += (words.empty() ? "" : ", ") + chart_words(chart);
        rate += 1.0 / chart.run_length.points;
    }
    if (history.charts.size() > 1) {
        words += ", together once in about " + support::format_short(1.0 / rate, 3) + " or more";
    }
    const bool both = std::ranges::any_of(
        history.charts, [](const auto& chart) { return chart.options.two_sided; });
    return words + (both ? "" : "; only what is worse rings");
}

}  // namespace

std::string history_number(double value) {
    return support::format_short(value, digits);
}

std::string day_words(const std::optional<std::int64_t>& time) {
    constexpr std::int64_t first = -62'135'596'800;  // year 1
    constexpr std::int64_t last = 253'402'300'799;   // year 9999
    if (!time || *time < first || *time > last) {
        return "";
    }
    const std::chrono::sys_seconds moment{std::chrono::seconds(*time)};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(moment)};
    return padded(static_cast<unsigned>(static_cast<int>(day.year())), 4) + "-" +
           padded(static_cast<unsigned>(day.month()), 2) + "-" +
           padded(static_cast<unsigned>(day.day()), 2);
}

std::string history_headline(const HistoryView& view) {
    const auto ringing = static_cast<std::size_t>(std::ranges::count_if(
        view.metrics, [](const auto& history) { return history.state() == PointState::rings; }));
    const std::string metrics = support::counted(view.metrics.size(), "metrics");
    if (ringing == 0) {
        return metrics + ", none rings";
    }
    return view.metrics.size() == 1 ? metrics + ", it rings"
                                    : metrics + ", " + grouped(ringing) +
                                          (ringing == 1 ? " of them rings" : " of them ring");
}

std::string key_words(const Measurement& point) {
    constexpr std::size_t id_shown = 12;
    return point.key.size() > id_shown && point.key == point.commit ? point.key.substr(0, id_shown)
                                                                    : point.key;
}

std::string history_source(const HistoryView& view, const Sink& sink) {
    return "From " + view.source + (view.address.empty() ? "" : ": " + sink.name(view.address));
}

std::string size_words(const MetricHistory& history) {
    std::string words = support::counted(history.measurements.size(), "measurements");
    if (history.repeated > 0) {
        words += ", " + grouped(history.repeated) + " of them with several attempts (" +
                 support::counted(history.points - history.left_out, "points") + ")";
    }
    return words;
}

std::string state_words(const MetricHistory& history, const verdict::HistorySettings& settings) {
    switch (history.state()) {
        case PointState::learning:
            return "no verdict yet: limits are taken from all " +
                   support::counted(settings.phase_one, "measurements");
        case PointState::in_limits:
            return "in limits";
        case PointState::rings:
            return "rings: " + all_rung_words(history.measurements.back());
        case PointState::no_limits: {
            std::size_t on_this_data = 0;
            for (auto point = history.measurements.rbegin(); point != history.measurements.rend();
                 ++point) {
                ++on_this_data;
                if (point->new_data) {
                    break;
                }
            }
            return "no limits yet: " + grouped(on_this_data) + " of " +
                   support::counted(settings.phase_one, "measurements") + " on this data";
        }
    }
    return "";
}

std::string limit_words(const MetricHistory& history) {
    if (!history.limits) {
        return "";
    }
    const verdict::HistoryLimits& limits = *history.limits;
    const std::string from =
        ", from measurements " + grouped(limits.from + 1) + " to " + grouped(limits.until);
    return history_number(limits.limits.lower) + " to " + history_number(limits.limits.upper) +
           from + (limits.constant ? ", which never moved" : "");
}

std::string change_words(const LevelChange& change) {
    const double size = change.after - change.before;
    std::string words = history_number(change.before) + " -> " + history_number(change.after) +
                        " (" + (size > 0.0 ? "+" : "") + history_number(size);
    if (change.before != 0.0) {
        const double share = 100.0 * size / std::abs(change.before);
        words +=
            std::string(", ") + (share > 0.0 ? "+" : "") + support::format_short(share, 3) + " %";
    }
    words += ")";
    if (change.p) {
        words += ", p = " + support::format_short(*change.p, 2);
    }
    if (change.better) {
        words += *change.better ? ": better" : ": worse";
    }
    return words;
}

std::string place_words(const MetricHistory& history, std::size_t at, const Sink& sink) {
    const Measurement& point = history.measurements[at];
    const std::string day = day_words(point.time);
    const std::string key = key_words(point);
    return "measurement " + grouped(at + 1) + (key.empty() ? "" : ", " + sink.name(key)) +
           (day.empty() ? "" : ", " + day);
}

std::vector<std::string> rule_sentences(const HistoryView& view) {
    std::vector<std::string> sentences = {
        "Limits are three sigmas (mean moving range / 1.128) around the mean of the first " +
        support::counted(view.settings.phase_one, "measurements") +
        " in control on the newest data, widened by " +
        support::format_short(comparison::widening(view.settings.phase_one), 3) +
        " for how few they are."};
    // Charts differ by whether it is known what is worse.
    std::vector<std::pair<std::string, std::string>> lengths;
    for (const MetricHistory& history : view.metrics) {
        const std::string words = run_length_words(history);
        const auto told =
            std::ranges::find(lengths, words, &std::pair<std::string, std::string>::second);
        if (told == lengths.end()) {
            lengths.emplace_back(
                history.higher_is_better ? "" : "of metrics whose better side is not known", words);
        }
    }
    for (const auto& [which, words] : lengths) {
        sentences.push_back("While nothing changes, charts with known limits ring" +
                            (which.empty() ? "" : ", " + which + ",") + " by chance: " + words +
                            ".");
    }
    const bool divisive = view.settings.method == verdict::ChangeMethod::e_divisive;
    sentences.push_back(
        divisive ? "Changes are those of E-divisive at p <= " +
                       support::format_short(view.settings.level) + ", at least " +
                       support::counted(view.settings.least_segment, "measurements") + " apart."
                 : "Changes are those of PELT, at least " +
                       support::counted(view.settings.least_segment, "measurements") +
                       " apart; it has no p.");
    return sentences;
}

}  // namespace metricgate::report
