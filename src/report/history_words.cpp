#include "report/history_words.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "report/figures.h"
#include "support/counted.h"
#include "support/number.h"

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

/// What rings at a measurement, as a list.
std::string rung_words(const MetricHistory& history, const Measurement& point) {
    std::string words;
    const auto add = [&words](const char* more) {
        words += (words.empty() ? "" : ", ") + std::string(more);
    };
    if (point.beyond_limits) {
        add(point.value > history.limits->center ? "above the upper limit"
                                                 : "below the lower limit");
    }
    if (point.cusum_high) {
        add("CUSUM of rises above its decision");
    }
    if (point.cusum_low) {
        add("CUSUM of falls above its decision");
    }
    return words;
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
            return "rings: " + rung_words(history, history.measurements.back());
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
    return limits.constant
               ? history_number(limits.center) + " and nothing else" + from + ", which never moved"
               : history_number(limits.limits.lower) + " to " +
                     history_number(limits.limits.upper) + from;
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
    const auto points = [](double length) { return support::format_short(length, 3); };
    std::vector<std::string> sentences = {
        "Limits are three sigmas (mean moving range / 1.128) around the mean of the first " +
        support::counted(view.settings.phase_one, "measurements") +
        " on the newest data, widened by " +
        support::format_short(verdict::limit_widening(view.settings.phase_one), 3) +
        " for how few they are. While nothing changes, a value leaves known limits once in " +
        points(verdict::limits_run_length()) +
        " measurements, and the CUSUM (allowance 0.5, "
        "decision 5 sigmas) rings once in " +
        points(verdict::cusum_chart_run_length()) + "."};
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
