#include "report/history.h"
#include "report/history_plot.h"
#include "report/history_words.h"
#include "support/counted.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::MetricHistory;

constexpr std::size_t spark_columns = 30;
constexpr std::size_t chart_columns = 100;
constexpr std::size_t chart_rows = 9;

std::string row(const MetricHistory& history, const HistoryView& view, const Style& style) {
    const bool any = !history.measurements.empty();
    const std::string limits = limit_words(history);
    return "| " + table_cell(code_cell(history.metric)) + " | " +
           (any ? "`" + sparkline(history, spark_columns, style.ascii) + "`" : "") + " | " +
           (any ? history_number(history.measurements.back().value) : "-") + " | " +
           (limits.empty() ? "-" : limits) + " | " + state_words(history, view.settings) + " | " +
           std::to_string(history.changes.size()) + " | " + size_words(history) + " |\n";
}

std::string changes(const MetricHistory& history) {
    std::string text;
    for (const verdict::LevelChange& change : history.changes) {
        text += "- " + place_words(history, change.at, markdown_sink) + ": " +
                change_words(change) + "\n";
    }
    return text.empty() ? "No change of level.\n" : text;
}

std::string details(const MetricHistory& history, const HistoryView& view, const Style& style) {
    std::string text = "\n### " + code_span(history.metric) + "\n\n";
    for (const std::string& note : history.notes) {
        text += "Warning: " + escape_markdown(note) + "\n\n";
    }
    if (!view.list_changes) {
        text += "```\n";
        for (const std::string& drawn : plot(history, chart_columns, chart_rows, style.ascii)) {
            text += drawn + "\n";
        }
        text += "```\n\n";
    }
    return text + changes(history);
}

}  // namespace

std::string render_history_markdown(const HistoryView& view, const Style& style) {
    std::string text = "# metricgate history: " + history_headline(view) + "\n\n" +
                       history_source(view, markdown_sink) + "\n\n";
    for (const std::string& note : view.notes) {
        text += "- " + escape_markdown(note) + "\n";
    }
    text += view.notes.empty() ? "" : "\n";
    text +=
        "| Metric | Trend | Newest | Limits | State | Changes | Measurements |\n"
        "|---|---|---:|---|---|---:|---|\n";
    for (const MetricHistory& history : view.metrics) {
        text += row(history, view, style);
    }
    for (const MetricHistory& history : view.metrics) {
        text += details(history, view, style);
    }
    text += "\n";
    for (const std::string& sentence : rule_sentences(view)) {
        text += sentence + "\n";
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
