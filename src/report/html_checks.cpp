#include <algorithm>
#include <set>

#include "report/chart_forest.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "report/phrases.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;
using Rows = std::vector<const CheckResult*>;

constexpr std::size_t charted = 60;  ///< rows a chart: more cannot be looked at

bool is_slice(const CheckResult& row) {
    return !row.rule.slice.empty() && !is_column_row(row);
}

std::string check_cell_html(const verdict::Rule& rule) {
    const std::string hint = direction_hint(rule);
    std::string text = html_name(check_label(rule));
    if (rule.metric != rule.id) {
        text += "<div class=\"sub\">" + escape_html(short_name(rule.metric)) + "</div>";
    }
    return text + (hint.empty() ? "" : "<div class=\"sub\">" + hint + "</div>");
}

std::string answer_cell(const CheckResult& row) {
    const std::string reason = why(row, html_sink);
    return std::string("<span class=\"pill ") + tone_of(row) + "\">" + status_words(row) +
           "</span>" + (reason.empty() ? "" : "<div class=\"why\">" + reason + "</div>");
}

std::string evidence_cell(const Figures& figures) {
    std::string text = figures.n;
    text += figures.method == "-" ? "" : "<div class=\"sub\">" + figures.method + "</div>";
    return text + (figures.mde == "-"
                       ? ""
                       : "<div class=\"sub\">smallest detectable drop " + figures.mde + "</div>");
}

std::string table_of(const Rows& rows, const GateResult& result) {
    const bool with_level = shared_confidence(result) == 0.0;
    HtmlTable table({"Check", "Answer", "#Baseline", "#Candidate", "#" + change_heading(result),
                     "Allowed", "Evidence"},
                    "checks");
    for (const CheckResult* row : rows) {
        const Figures figures = figures_of(*row, html_sink, with_level);
        table.add({check_cell_html(row->rule), answer_cell(*row), figures.baseline,
                   figures.candidate, figures.change, figures.allowed, evidence_cell(figures)});
    }
    return table.html();
}

/// Worst first: the largest loss in margins, or in the metric's units where there is no margin.
void sort_by_harm(Rows& rows) {
    const auto harm = [](const CheckResult* row) {
        const double unit = row->margin && *row->margin > 0.0 ? *row->margin : 1.0;
        return -row->comparison->delta.value_or(0.0) / unit;
    };
    std::ranges::stable_sort(rows, [&harm](const CheckResult* left, const CheckResult* right) {
        return harm(left) > harm(right);
    });
}

/// Checks by id, in the order of their first row, with the rows that have a change.
std::vector<Rows> sliced_checks(const GateResult& result) {
    std::vector<Rows> checks;
    for (const CheckResult& row : result.checks) {
        if (!is_slice(row) || !row.comparison || !row.comparison->delta) {
            continue;
        }
        const auto found = std::ranges::find_if(
            checks, [&row](const Rows& rows) { return rows.front()->rule.id == row.rule.id; });
        if (found == checks.end()) {
            checks.push_back({&row});
        } else {
            found->push_back(&row);
        }
    }
    for (Rows& rows : checks) {
        sort_by_harm(rows);
    }
    return checks;
}

/// Every check has one row in the overview: a sliced one its worst slice.
Rows forest_rows(const GateResult& result) {
    std::set<const CheckResult*> wanted;
    for (const CheckResult& row : result.checks) {
        if (!is_slice(row) && has_place_in_forest(row)) {
            wanted.insert(&row);
        }
    }
    for (const Rows& rows : sliced_checks(result)) {
        if (has_place_in_forest(*rows.front())) {
            wanted.insert(rows.front());
        }
    }
    Rows rows = rows_by_urgency(result);
    std::erase_if(rows, [&wanted](const CheckResult* row) { return wanted.count(row) == 0; });
    return rows;
}

std::string left_out(std::size_t shown, std::size_t in_all, const char* what) {
    return shown == in_all ? ""
                           : "<p>The chart shows the first " + grouped(shown) + " of " +
                                 grouped(in_all) + " " + what + ".</p>\n";
}

}  // namespace

void add_checks(const GateResult& result, HtmlPage& page) {
    page.add("<section>\n<h2>Checks</h2>\n");
    Rows charted_rows = forest_rows(result);
    if (!charted_rows.empty()) {
        const std::size_t in_all = charted_rows.size();
        charted_rows.resize(std::min(in_all, charted));
        page.add_chart("Each change with its interval, in margins",
                       "The change of " + grouped(charted_rows.size()) +
                           " checks against the loss that each allows; the table below has the "
                           "numbers.",
                       forest_spec(charted_rows));
        page.add(left_out(charted_rows.size(), in_all, "checks"));
        page.add(
            "<p class=\"sub\">A line is an interval, a dot the change itself, a dash the "
            "loss that is allowed. A check holds when its whole line stays right of the "
            "dash. Of a check with slices the worst slice stands here; checks without a "
            "margin stand in the table only.</p>\n");
    }
    if (result.checks.empty()) {
        page.add("<p>No check was judged.</p>\n");
    } else {
        page.add(table_of(rows_by_urgency(result), result));
    }
    page.add("</section>\n");
}

void add_slices(const GateResult& result, HtmlPage& page) {
    std::vector<Rows> checks = sliced_checks(result);
    std::erase_if(checks, [](const Rows& rows) { return rows.size() < 2; });
    if (checks.empty()) {
        return;
    }
    page.add("<section>\n<h2>Slices, worst first</h2>\n");
    for (Rows& rows : checks) {
        const std::string name = escape_terminal(rows.front()->rule.id);
        Rows shown = rows;
        shown.resize(std::min(rows.size(), charted));
        page.add_chart("Slices of " + name,
                       "The change in " + grouped(shown.size()) + " slices of " + name +
                           ", worst first; the table below has the numbers.",
                       slices_spec(shown));
        page.add(left_out(shown.size(), rows.size(), "slices"));
        page.add(
            html_folded("Table of " + grouped(rows.size()) + " slices", table_of(rows, result)));
    }
    page.add("</section>\n");
}

}  // namespace metricgate::report
