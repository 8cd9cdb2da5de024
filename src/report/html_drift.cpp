#include <algorithm>

#include "report/chart_drift.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_distributions.h"
#include "report/html_sections.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using Rows = std::vector<const CheckResult*>;

constexpr std::size_t charted = 60;

/// The rows that a limit holds, the most drifted first.
Rows drift_rows(const verdict::GateResult& result) {
    Rows rows;
    for (const CheckResult& row : result.checks) {
        if (is_column_row(row) && has_place_in_drift(row)) {
            rows.push_back(&row);
        }
    }
    std::ranges::stable_sort(rows, [](const CheckResult* left, const CheckResult* right) {
        return used_of_limit(*left) > used_of_limit(*right);
    });
    return rows;
}

std::string category_table(const CategoryShares& column) {
    HtmlTable table({"Category", "#Baseline", "#Candidate"});
    for (const CategoryShares::Row& row : column.rows) {
        table.add({html_name(row.name), grouped(row.baseline), grouped(row.candidate)});
    }
    return table.html();
}

}  // namespace

void add_drift(const verdict::GateResult& result, const Gallery& gallery, HtmlPage& page) {
    Rows rows = drift_rows(result);
    const bool columns_shown = std::ranges::any_of(gallery.inputs, [](const InputGallery& input) {
        return !input.columns.empty() || !input.categories.empty();
    });
    if (rows.empty() && !columns_shown) {
        return;
    }
    page.add("<section>\n<h2>Drift and data quality</h2>\n");
    if (!rows.empty()) {
        rows.resize(std::min(rows.size(), charted));
        page.add_chart("Columns against their limits, the most drifted first",
                       "The values of " + grouped(rows.size()) +
                           " checks of columns against their limits; the table of checks has the "
                           "numbers.",
                       drift_spec(rows));
        page.add(
            "<p class=\"sub\">A dot is the value, a bar what noise alone reaches. Checks "
            "whose limit is 0 stand in the table of checks only.</p>\n");
    }
    for (const InputGallery& input : gallery.inputs) {
        std::vector<const Distribution*> columns;
        for (const Distribution& column : input.columns) {
            columns.push_back(&column);
        }
        if (!columns.empty()) {
            add_distribution_charts(columns, page);
        }
        page.add(input.categories.empty() ? "" : "<div class=\"grid\">\n");
        for (const CategoryShares& column : input.categories) {
            page.add_chart(escape_terminal(column.title),
                           "The shares of the categories of a column on both sides.",
                           categories_spec(column));
        }
        page.add(input.categories.empty() ? "" : "</div>\n");
        for (const CategoryShares& column : input.categories) {
            page.add(html_folded("Table of " + html_name(column.title), category_table(column)));
        }
    }
    page.add("</section>\n");
}

}  // namespace metricgate::report
