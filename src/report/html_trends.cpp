// The series behind each chart of a policy, drawn like those of `metricgate history`.
#include <algorithm>

#include "comparison/chart_run_length.h"
#include "report/chart_history.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/history_words.h"
#include "report/html_sections.h"
#include "report/phrases.h"
#include "support/counted.h"

namespace metricgate::report {
namespace {

using comparison::Chart;
using comparison::ChartedPoint;
using comparison::ChartType;
using verdict::CheckResult;
using verdict::MetricHistory;
using verdict::PointState;

constexpr std::size_t charted = 60;
constexpr std::size_t listed = 200;

/// What limits are held against, and so what is drawn.
const char* statistic_of(ChartType type) {
    switch (type) {
        case ChartType::individuals:
            return "value";
        case ChartType::ewma:
            return "weighted average";
        case ChartType::cusum:
            return "sum of deviations";
        case ChartType::moving_average:
            return "moving average";
    }
    return "value";
}

PointState state_of(const ChartedPoint& point, bool has_limits) {
    if (point.judged) {
        return point.rings ? PointState::rings : PointState::in_limits;
    }
    return point.made_limits && has_limits ? PointState::learning : PointState::no_limits;
}

/// A sum starts behind the points that its limits rest on; other charts show those, too.
bool is_drawn(const ChartedPoint& point, const Chart& chart, bool has_limits) {
    return chart.type != ChartType::cusum || !has_limits || point.judged;
}

MetricHistory series_of(const CheckResult& row, const Chart& chart) {
    const bool has_limits = row.comparison->baseline.defined();
    MetricHistory history;
    history.metric = check_label(row.rule);
    history.unit = has_limits ? statistic_of(chart.type) : "value";
    for (const ChartedPoint& point : chart.points) {
        if (is_drawn(point, chart, has_limits)) {
            verdict::Measurement drawn;
            drawn.value = drawn.lowest = drawn.highest = point.statistic;
            drawn.key = point.key;
            drawn.commit = point.commit;
            drawn.attempts = point.attempts;
            drawn.state = state_of(point, has_limits);
            history.measurements.push_back(std::move(drawn));
        }
    }
    if (has_limits) {
        history.limits.emplace();
        history.limits->center = chart.type == ChartType::cusum ? 0.0 : chart.center;
        history.limits->limits = {chart.lower, chart.upper};
    }
    return history;
}

std::string points_table(const Chart& chart, bool has_limits) {
    const bool has_statistic = chart.type != ChartType::individuals && has_limits;
    std::vector<std::string> headings = {"Point", "#Value"};
    if (has_statistic) {
        headings.push_back(std::string("#") + statistic_of(chart.type));
    }
    headings.insert(headings.end(), {"State", "#Attempts"});
    HtmlTable table(headings);
    const std::size_t size = chart.points.size();
    for (std::size_t at = size; at > size - std::min(size, listed); --at) {
        const ChartedPoint& point = chart.points[at - 1];
        std::vector<std::string> cells = {html_name(point.key), history_number(point.value)};
        if (has_statistic) {
            cells.push_back(is_drawn(point, chart, has_limits) ? history_number(point.statistic)
                                                               : "-");
        }
        cells.emplace_back(verdict::name(state_of(point, has_limits)));
        cells.push_back(grouped(point.attempts));
        table.add(cells);
    }
    const std::string which = size <= listed ? "All " + support::counted(size, "points")
                                             : "The newest " + grouped(listed) + " of " +
                                                   support::counted(size, "points");
    return html_folded(which + ", newest first", table.html());
}

}  // namespace

void add_trends(const verdict::GateResult& result, HtmlPage& page) {
    std::vector<const CheckResult*> rows;
    for (const CheckResult& row : result.checks) {
        if (row.comparison && row.comparison->chart && !row.comparison->chart->points.empty()) {
            rows.push_back(&row);
        }
    }
    if (rows.empty()) {
        return;
    }
    std::stable_partition(rows.begin(), rows.end(), [](const CheckResult* row) {
        return !row->comparison->chart->broken.empty();
    });
    page.add("<section>\n<h2>Control charts</h2>\n");
    for (std::size_t i = 0; i < rows.size() && i < charted; ++i) {
        const CheckResult& row = *rows[i];
        const Chart& chart = *row.comparison->chart;
        page.add_chart(escape_terminal(check_label(row.rule)) + ": " +
                           std::string(comparison::name_of(chart.type)) + " chart",
                       "The " + std::string(statistic_of(chart.type)) + " over " +
                           support::counted(chart.points.size(), "points") +
                           " with its limits; the last one is judged. The tables have the numbers.",
                       trend_spec(series_of(row, chart)));
        page.add(points_table(chart, row.comparison->baseline.defined()));
    }
    if (rows.size() > charted) {
        page.add("<p>The first " + grouped(charted) + " of " +
                 support::counted(rows.size(), "charts") +
                 " are drawn, those that ring before others.</p>\n");
    }
    page.add(
        "<p class=\"sub\">A band is what lies within the limits of the newest point, its broken "
        "line their center. The newest point is the one that is judged; what the others are called "
        "is what the chart said of them.</p>\n</section>\n");
}

}  // namespace metricgate::report
