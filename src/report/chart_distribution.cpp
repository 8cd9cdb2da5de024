#include "report/chart_distribution.h"

#include "report/chart_spec.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

constexpr std::string_view pattern = R"spec({
    "width": "container",
    "height": 190,
    "data": {"values": "@rows"},
    "mark": {"type": "bar", "binSpacing": 0, "fillOpacity": 0.25, "strokeWidth": 1.5},
    "encoding": {
        "x": {"field": "from", "type": "quantitative", "bin": {"binned": true},
              "axis": {"title": "@title"}, "scale": {"domain": ["@low", "@high"], "zero": false}},
        "x2": {"field": "to"},
        "y": {"field": "share", "type": "quantitative", "stack": null,
              "axis": {"title": "@counted"}},
        "color": {"field": "side", "type": "nominal", "scale": "@sides"},
        "stroke": {"field": "side", "type": "nominal", "scale": "@sides"},
        "tooltip": [
            {"field": "bin", "type": "nominal", "title": "from"},
            {"field": "side", "type": "nominal", "title": "side"},
            {"field": "share", "type": "quantitative", "title": "share, %", "format": ".2f"},
            {"field": "count", "type": "quantitative", "title": "count", "format": ","}
        ]
    }
})spec";

constexpr const char* sides =
    R"spec({"domain":["baseline","candidate"],"range":["var(--baseline)","var(--candidate)"]})spec";

void add_side(DataRows& data, const Distribution& distribution, const char* side,
              const std::vector<std::uint64_t>& counts, std::uint64_t all) {
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        data.row().set("side", side).set("bin", bin_words(distribution, bin));
        data.set("from", distribution.edges[bin]).set("to", distribution.edges[bin + 1]);
        data.set("count", static_cast<double>(counts[bin]));
        data.set(
            "share",
            all == 0 ? 0.0 : 100.0 * static_cast<double>(counts[bin]) / static_cast<double>(all));
    }
}

}  // namespace

std::string bin_words(const Distribution& distribution, std::size_t bin) {
    const auto edge = [&distribution](std::size_t at) {
        return support::format_short(distribution.edges[at], 6);
    };
    if (bin == 0 && distribution.below) {
        return "below " + edge(1);
    }
    if (bin + 2 == distribution.edges.size() && distribution.above) {
        return edge(bin) + " and above";
    }
    return edge(bin) + " to " + edge(bin + 1);
}

std::string distribution_spec(const Distribution& distribution) {
    DataRows data;
    add_side(data, distribution, "baseline", distribution.baseline, distribution.baseline_n);
    add_side(data, distribution, "candidate", distribution.candidate, distribution.candidate_n);
    return fill_spec(pattern, {{"rows", data.json()},
                               {"sides", sides},
                               {"low", chart_number(distribution.edges.front())},
                               {"high", chart_number(distribution.edges.back())},
                               {"counted", json_string("share of " + distribution.unit + ", %")},
                               {"title", json_string(escape_terminal(distribution.of))}});
}

}  // namespace metricgate::report
