#include "report/figures.h"
#include "report/history.h"
#include "report/history_plot.h"
#include "report/history_words.h"
#include "report/table.h"
#include "support/counted.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::MetricHistory;

constexpr std::size_t indent = 4;
constexpr std::size_t chart_rows = 9;

std::string line(const std::string& sentence, const Style& style) {
    return wrap(sentence, indent, style.columns);
}

std::string newest(const MetricHistory& history) {
    if (history.measurements.empty()) {
        return "";
    }
    return "; the newest is " + history_number(history.measurements.back().value) +
           (history.unit.empty() ? "" : " " + escape_terminal(history.unit)) + " (" +
           place_words(history, history.measurements.size() - 1, terminal_sink) + ")";
}

std::string changes(const MetricHistory& history, const Style& style) {
    std::string text;
    for (const verdict::LevelChange& change : history.changes) {
        text += line("change at " + place_words(history, change.at, terminal_sink) + ": " +
                         change_words(change),
                     style);
    }
    return text.empty() ? line("no change of level", style) : text;
}

std::string block(const MetricHistory& history, const HistoryView& view, const Style& style) {
    std::string text = "\n" + escape_terminal(history.metric) + "\n";
    text += line(size_words(history) + newest(history), style);
    for (const std::string& note : history.notes) {
        text += line("warning: " + terminal_sentence(note), style);
    }
    if (!view.list_changes) {
        const std::size_t room = style.columns > 2 * indent ? style.columns - indent : indent;
        text += std::string(indent, ' ') + sparkline(history, room, style.ascii) + "\n";
        for (const std::string& drawn : plot(history, room, chart_rows, style.ascii)) {
            text += (drawn.empty() ? "" : std::string(indent, ' ') + drawn) + "\n";
        }
        const std::string limits = limit_words(history);
        text += limits.empty() ? "" : line("limits: " + limits, style);
        text += line(state_words(history, view.settings), style);
    }
    return text + changes(history, style);
}

}  // namespace

std::string render_history_text(const HistoryView& view, const Style& style) {
    std::string text = "metricgate history: " + history_headline(view) + "\n\n";
    text += wrap(history_source(view, terminal_sink), 0, style.columns);
    for (const std::string& note : view.notes) {
        text += wrap(terminal_sentence(note), 0, style.columns);
    }
    for (const MetricHistory& history : view.metrics) {
        text += block(history, view, style);
    }
    text += "\n";
    for (const std::string& sentence : rule_sentences(view)) {
        text += wrap(sentence, 0, style.columns);
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
