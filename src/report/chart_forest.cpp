#include "report/chart_forest.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/chart_spec.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "report/phrases.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;

constexpr double farthest = 6.0;  ///< margins; the widest chart in which one margin can be seen

/// The common part of both charts. An interval is a line, its estimate a dot, the tolerated loss a
/// dash; a dot that lies outside of the chart is an arrow.
constexpr std::string_view pattern = R"spec({
    "width": "container",
    "height": "@height",
    "layer": [
        {"data": {"values": [{}]},
         "mark": {"type": "rect", "color": "var(--fails)", "opacity": 0.09},
         "encoding": {"x": {"datum": "@low"}, "x2": {"datum": "@margin"}}},
        {"data": {"values": [{}]},
         "mark": {"type": "rule", "color": "var(--ink)", "strokeWidth": 1},
         "encoding": {"x": {"datum": 0}}},
        {"data": {"values": "@rows"},
         "encoding": {
            "y": {"field": "check", "type": "nominal", "sort": null,
                  "axis": {"title": null, "grid": true, "ticks": false, "domain": false}},
            "tooltip": [
                {"field": "check", "type": "nominal", "title": "check"},
                {"field": "answer", "type": "nominal", "title": "answer"},
                {"field": "values", "type": "nominal", "title": "values"},
                {"field": "change", "type": "nominal", "title": "change"},
                {"field": "allowed", "type": "nominal", "title": "allowed"},
                {"field": "evidence", "type": "nominal", "title": "evidence"}
            ]
         },
         "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round"},
             "encoding": {"x": {"field": "lower", "type": "quantitative",
                                "scale": {"domain": ["@low", "@high"], "nice": false, "zero": false},
                                "axis": {"title": "@title"}},
                          "x2": {"field": "upper"},
                          "color": {"field": "tone", "type": "nominal", "scale": "@tones"}}},
            {"mark": {"type": "tick", "color": "var(--fails)", "thickness": 2, "height": 18},
             "encoding": {"x": {"field": "margin", "type": "quantitative"}}},
            {"mark": {"type": "point", "filled": true, "size": 90, "opacity": 1},
             "encoding": {"x": {"field": "change_at", "type": "quantitative"},
                          "color": {"field": "tone", "type": "nominal", "scale": "@tones"},
                          "shape": {"field": "beyond", "type": "nominal", "legend": null,
                                    "scale": {"domain": ["no", "left", "right"],
                                              "range": ["circle", "triangle-left",
                                                        "triangle-right"]}}}}
         ]}
    ]
})spec";

/// Where the axis ends, in the units of the chart.
struct Extent {
    double low = 0.0;
    double high = 0.0;
};

struct Placed {
    const CheckResult* row = nullptr;
    double unit = 1.0;  ///< the metric's units that one unit of the chart stands for
};

/// What a row is called beside the chart.
using NameOf = std::string (*)(const verdict::Rule&);

/// "language=tr, device=web": the check itself stands above the chart.
std::string slice_name(const verdict::Rule& rule) {
    std::string text;
    for (const auto& [column, value] : rule.slice) {
        text += (text.empty() ? "" : ", ") + column + "=" + value;
    }
    return text;
}

std::vector<double> ends_of(const Placed& placed) {
    const comparison::Comparison& found = *placed.row->comparison;
    std::vector<double> ends = {*found.delta / placed.unit};
    if (found.interval) {
        ends.push_back(found.interval->lower / placed.unit);
        ends.push_back(found.interval->upper / placed.unit);
    }
    std::erase_if(ends, [](double end) { return !std::isfinite(end); });
    return ends;
}

Extent extent_of(const std::vector<Placed>& rows, double least) {
    Extent extent{-least, least};
    for (const Placed& placed : rows) {
        for (const double end : ends_of(placed)) {
            extent.low = std::min(extent.low, end);
            extent.high = std::max(extent.high, end);
        }
    }
    const double room = 0.04 * (extent.high - extent.low);
    return {extent.low - room, extent.high + room};
}

std::string rows_json(const std::vector<Placed>& rows, const Extent& extent, NameOf name) {
    DataRows data;
    for (const Placed& placed : rows) {
        const CheckResult& row = *placed.row;
        const comparison::Comparison& found = *row.comparison;
        const Figures figures = figures_of(row, terminal_sink);
        const auto inside = [&extent](double value) {
            return std::clamp(value, extent.low, extent.high);
        };
        const double change = *found.delta / placed.unit;
        data.row().set("check", escape_terminal(name(row.rule)));
        data.set("answer", status_words(row)).set("tone", tone_of(row));
        data.set("values", figures.baseline + " -> " + figures.candidate);
        data.set("change", figures.change).set("allowed", figures.allowed);
        data.set("evidence", figures.n + ", " + figures.method);
        data.set("change_at", inside(change));
        data.set("beyond", change < extent.low ? "left" : change > extent.high ? "right" : "no");
        if (found.interval) {
            data.set("lower", inside(found.interval->lower / placed.unit));
            data.set("upper", inside(found.interval->upper / placed.unit));
        }
        if (row.margin && *row.margin / placed.unit <= -extent.low) {
            data.set("margin", -*row.margin / placed.unit);
        }
    }
    return data.json();
}

std::string spec_of(const std::vector<Placed>& placed, const Extent& extent, double margin,
                    const std::string& title, NameOf name) {
    std::vector<const CheckResult*> rows;
    for (const Placed& each : placed) {
        rows.push_back(each.row);
    }
    return fill_spec(pattern, {{"rows", rows_json(placed, extent, name)},
                               {"height", rows_height(placed.size())},
                               {"low", chart_number(extent.low)},
                               {"high", chart_number(extent.high)},
                               {"margin", chart_number(std::max(margin, extent.low))},
                               {"tones", tone_scale(rows)},
                               {"title", json_string(title)}});
}

}  // namespace

bool has_place_in_forest(const CheckResult& row) {
    return row.comparison && row.comparison->delta && std::isfinite(*row.comparison->delta) &&
           row.margin && *row.margin > 0.0;
}

std::string forest_spec(const std::vector<const CheckResult*>& rows) {
    std::vector<Placed> placed;
    for (const CheckResult* row : rows) {
        placed.push_back({row, *row->margin});
    }
    Extent extent = extent_of(placed, 1.5);
    extent = {std::max(extent.low, -farthest), std::min(extent.high, farthest)};
    return spec_of(placed, extent, -1.0, "change in margins; left is worse", check_label);
}

std::string slices_spec(const std::vector<const CheckResult*>& rows) {
    std::vector<Placed> placed;
    double largest = 0.0;
    double smallest = std::numeric_limits<double>::infinity();
    for (const CheckResult* row : rows) {
        placed.push_back({row, 1.0});
        largest = std::max(largest, row->margin.value_or(0.0));
        smallest = std::min(smallest, row->margin.value_or(0.0));
    }
    const verdict::Rule& rule = rows.front()->rule;
    const std::string unit = rule.unit.empty() ? "" : " in " + escape_terminal(rule.unit);
    // Slices whose margins differ have a dash each and no common area.
    const Extent extent = extent_of(placed, 1.5 * largest);
    return spec_of(placed, extent, smallest == largest ? -largest : extent.low,
                   "change of " + escape_terminal(rule.name) + unit + "; left is worse",
                   slice_name);
}

}  // namespace metricgate::report
