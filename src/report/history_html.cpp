// One page to look at: a trend with its limits and changes for every metric, nothing outside of the
// file.
#include "report/chart_history.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/history.h"
#include "report/history_words.h"
#include "report/html_page.h"
#include "support/counted.h"

namespace metricgate::report {
namespace {

using verdict::HistoryView;
using verdict::MetricHistory;
using verdict::PointState;

/// More charts than that keep a browser busy for minutes; the rest stands in the table.
constexpr std::size_t charted = 60;
constexpr std::size_t listed = 200;

const char* tone_of(PointState state) {
    switch (state) {
        case PointState::rings:
            return "fails";
        case PointState::in_limits:
            return "holds";
        case PointState::learning:
        case PointState::no_limits:
            return "quiet";
    }
    return "quiet";
}

const char* badge_of(const HistoryView& view) {
    bool judged = false;
    for (const MetricHistory& history : view.metrics) {
        if (history.state() == PointState::rings) {
            return "fails";
        }
        judged = judged || history.state() == PointState::in_limits;
    }
    return judged ? "holds" : "quiet";
}

std::string pill(const MetricHistory& history, const HistoryView& view) {
    return std::string("<span class=\"pill ") + tone_of(history.state()) + "\">" +
           escape_html(state_words(history, view.settings)) + "</span>";
}

void add_head(const HistoryView& view, HtmlPage& page) {
    std::string html =
        "<header>\n<h1><span class=\"brand\">metricgate history</span> <span "
        "class=\"badge ";
    html += badge_of(view);
    html += "\">" + escape_html(history_headline(view)) + "</span></h1>\n";
    html += "<ul class=\"sources\">\n<li>" + history_source(view, html_sink) + "</li>\n";
    for (const std::string& note : view.notes) {
        html += "<li>" + html_sentence(note) + "</li>\n";
    }
    page.add(html + "</ul>\n</header>\n");
}

void add_table(const HistoryView& view, HtmlPage& page) {
    HtmlTable table({"Metric", "State", "#Newest", "Limits", "#Changes of level", "Measurements"},
                    "checks");
    for (const MetricHistory& history : view.metrics) {
        const std::string limits = limit_words(history);
        table.add(
            {html_name(history.metric), pill(history, view),
             history.measurements.empty() ? "-" : history_number(history.measurements.back().value),
             limits.empty() ? "-" : limits, std::to_string(history.changes.size()),
             size_words(history)});
    }
    page.add("<section>\n<h2>Metrics</h2>\n" + table.html() + "</section>\n");
}

void add_changes(const MetricHistory& history, HtmlPage& page) {
    if (history.changes.empty()) {
        page.add("<p class=\"sub\">No change of level.</p>\n");
        return;
    }
    std::string items;
    for (const verdict::LevelChange& change : history.changes) {
        items += "<li>" + place_words(history, change.at, html_sink) + ": " +
                 escape_html(change_words(change)) + "</li>\n";
    }
    page.add("<h3>Changes of level</h3>\n<ul>\n" + items + "</ul>\n");
}

void add_measurements(const MetricHistory& history, HtmlPage& page) {
    const std::size_t size = history.measurements.size();
    const std::size_t first = size > listed ? size - listed : 0;
    HtmlTable table({"#", "Key", "#Value", "State", "Day", "Commit", "Data", "#Attempts"});
    for (std::size_t at = size; at > first; --at) {
        const verdict::Measurement& point = history.measurements[at - 1];
        const std::string attempts =
            point.attempts == 1 ? "1"
                                : grouped(point.attempts) + " (" + history_number(point.lowest) +
                                      " to " + history_number(point.highest) + ")";
        table.add({grouped(at), point.key.empty() ? "" : html_name(key_words(point)),
                   history_number(point.value), verdict::name(point.state), day_words(point.time),
                   point.commit.empty() ? "" : html_name(point.commit),
                   point.data_digest.empty() ? "" : html_name(point.data_digest), attempts});
    }
    const std::string which = first == 0 ? "All " + support::counted(size, "measurements")
                                         : "The newest " + grouped(listed) + " of " +
                                               support::counted(size, "measurements");
    page.add(html_folded(which + ", newest first", table.html()));
}

void add_metric(const MetricHistory& history, const HistoryView& view, HtmlPage& page) {
    page.add("<section>\n<h2>" + html_name(history.metric) + "</h2>\n<p>" + pill(history, view) +
             "</p>\n");
    for (const std::string& note : history.notes) {
        page.add("<p>Warning: " + html_sentence(note) + ".</p>\n");
    }
    const std::size_t size = history.measurements.size();
    if (size > 0) {
        const std::string cut =
            size > charted_measurements
                ? ", the newest " + grouped(charted_measurements) + " of " + grouped(size)
                : "";
        page.add_chart("Trend of " + escape_terminal(history.metric) + cut,
                       "The values of a metric over " + support::counted(size, "measurements") +
                           " with its limits and changes of level; the tables have the numbers.",
                       trend_spec(history));
        if (history.limits) {
            page.add_chart("Verdicts",
                           "What the limits and the CUSUM say of each measurement; the table of "
                           "measurements has the states.",
                           strip_spec(history));
        }
        add_changes(history, page);
        add_measurements(history, page);
    }
    page.add("</section>\n");
}

}  // namespace

std::string render_history_html(const HistoryView& view, const Style& /*style*/) {
    HtmlPage page;
    page.add("<main>\n");
    add_head(view, page);
    add_table(view, page);
    for (std::size_t i = 0; i < view.metrics.size() && i < charted; ++i) {
        add_metric(view.metrics[i], view, page);
    }
    if (view.metrics.size() > charted) {
        page.add("<p>Charts of the first " + grouped(charted) + " of " +
                 support::counted(view.metrics.size(), "metrics") +
                 " are shown; name others to see theirs.</p>\n");
    }
    page.add("<footer>\n");
    for (const std::string& sentence : rule_sentences(view)) {
        page.add("<p>" + escape_html(sentence) + "</p>\n");
    }
    page.add(
        "<p>A band is what lies within the limits, its broken line their center; grey lines are "
        "the means between changes of level, upright lines those changes (broken: new data).</p>\n"
        "</footer>\n</main>\n");
    return page.document("metricgate history: " + history_headline(view));
}

}  // namespace metricgate::report
