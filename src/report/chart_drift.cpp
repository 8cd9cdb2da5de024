#include "report/chart_drift.h"

#include <algorithm>

#include "report/chart_spec.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "report/phrases.h"

namespace metricgate::report {
namespace {

constexpr double farthest = 5.0;  ///< limits; the widest chart in which one limit can be seen

constexpr std::string_view drift_pattern = R"spec({
    "width": "container",
    "height": "@height",
    "layer": [
        {"data": {"values": [{}]},
         "mark": {"type": "rect", "color": "var(--fails)", "opacity": 0.09},
         "encoding": {"x": {"datum": 1}, "x2": {"datum": "@high"}}},
        {"data": {"values": [{}]},
         "mark": {"type": "rule", "color": "var(--fails)", "strokeDash": [4, 3]},
         "encoding": {"x": {"datum": 1}}},
        {"data": {"values": "@rows"},
         "encoding": {
            "y": {"field": "metric", "type": "nominal", "sort": null,
                  "axis": {"title": null, "grid": true, "ticks": false, "domain": false}},
            "tooltip": [
                {"field": "check", "type": "nominal", "title": "check"},
                {"field": "answer", "type": "nominal", "title": "answer"},
                {"field": "value", "type": "nominal", "title": "value"},
                {"field": "allowed", "type": "nominal", "title": "allowed"},
                {"field": "evidence", "type": "nominal", "title": "evidence"}
            ]
         },
         "layer": [
            {"mark": {"type": "bar", "height": 8, "color": "var(--line)"},
             "encoding": {"x": {"field": "noise", "type": "quantitative",
                                "scale": {"domain": [0, "@high"], "nice": false},
                                "axis": {"title": "value as a multiple of its limit"}}}},
            {"mark": {"type": "point", "filled": true, "size": 90, "opacity": 1},
             "encoding": {"x": {"field": "value_at", "type": "quantitative"},
                          "color": {"field": "tone", "type": "nominal", "scale": "@tones"},
                          "shape": {"field": "beyond", "type": "nominal", "legend": null,
                                    "scale": {"domain": ["no", "yes"],
                                              "range": ["circle", "triangle-right"]}}}}
         ]}
    ]
})spec";

constexpr std::string_view categories_pattern = R"spec({
    "width": "container",
    "height": "@height",
    "data": {"values": "@rows"},
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "category", "type": "nominal", "sort": null, "axis": {"title": null, "ticks": false}},
        "yOffset": {"field": "side", "type": "nominal", "sort": null},
        "x": {"field": "share", "type": "quantitative", "axis": {"title": "share of rows, %"}},
        "color": {"field": "side", "type": "nominal",
                  "scale": {"domain": ["baseline", "candidate"],
                            "range": ["var(--baseline)", "var(--candidate)"]}},
        "tooltip": [
            {"field": "category", "type": "nominal", "title": "category"},
            {"field": "side", "type": "nominal", "title": "side"},
            {"field": "share", "type": "quantitative", "title": "share, %", "format": ".2f"},
            {"field": "rows", "type": "quantitative", "title": "rows", "format": ","}
        ]
    }
})spec";

}  // namespace

bool has_place_in_drift(const verdict::CheckResult& row) {
    return row.comparison && row.comparison->candidate.defined() && row.rule.maximum &&
           row.rule.maximum->value > 0.0;
}

double used_of_limit(const verdict::CheckResult& row) {
    return row.comparison->candidate.number() / row.rule.maximum->value;
}

std::string drift_spec(const std::vector<const verdict::CheckResult*>& rows) {
    double high = 1.5;
    for (const verdict::CheckResult* row : rows) {
        high = std::clamp(1.05 * used_of_limit(*row), high, farthest);
    }
    DataRows data;
    for (const verdict::CheckResult* row : rows) {
        const Figures figures = figures_of(*row, terminal_sink);
        const double used = used_of_limit(*row);
        // A column has one row a check, and a check one row a column: together they are one name.
        data.row().set("metric", escape_terminal(row->rule.metric + " (" + row->rule.id + ")"));
        data.set("check", escape_terminal(check_label(row->rule)));
        data.set("answer", status_words(*row)).set("tone", tone_of(*row));
        data.set("value", figures.candidate).set("allowed", figures.allowed);
        data.set("evidence", figures.n);
        data.set("value_at", std::min(used, high)).set("beyond", used > high ? "yes" : "no");
        if (row->comparison->noise) {
            const double noise = row->comparison->noise->level / row->rule.maximum->value;
            data.set("noise", std::min(noise, high));
        }
    }
    return fill_spec(drift_pattern, {{"rows", data.json()},
                                     {"height", rows_height(rows.size())},
                                     {"high", chart_number(high)},
                                     {"tones", tone_scale(rows)}});
}

std::string categories_spec(const CategoryShares& column) {
    DataRows data;
    const auto add = [&data](const std::string& name, const char* side, std::uint64_t count,
                             std::uint64_t all) {
        if (all != 0) {
            data.row().set("category", escape_terminal(name)).set("side", side);
            data.set("share", 100.0 * static_cast<double>(count) / static_cast<double>(all));
            data.set("rows", static_cast<double>(count));
        }
    };
    for (const CategoryShares::Row& row : column.rows) {
        add(row.name, "baseline", row.baseline, column.baseline_n);
        add(row.name, "candidate", row.candidate, column.candidate_n);
    }
    return fill_spec(categories_pattern,
                     {{"rows", data.json()}, {"height", rows_height(column.rows.size())}});
}

}  // namespace metricgate::report
