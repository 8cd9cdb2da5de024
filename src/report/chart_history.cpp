#include "report/chart_history.h"

#include <algorithm>
#include <limits>

#include "report/chart_spec.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "report/history_words.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::Measurement;
using verdict::MetricHistory;
using verdict::PointState;

/// Facts of a measurement that a tip shows; the rest stands in the JSON and CSV reports.
constexpr std::size_t tip_facts = 8;

constexpr std::string_view pattern = R"spec({
    "width": "container",
    "height": 260,
    "resolve": {"scale": {"color": "independent", "strokeDash": "independent"}},
    "layer": [
        {"data": {"values": "@band"},
         "mark": {"type": "rect", "color": "var(--holds)", "opacity": 0.1},
         "encoding": {"x": {"field": "from", "type": "quantitative"}, "x2": {"field": "until"},
                      "y": {"field": "lower", "type": "quantitative"}, "y2": {"field": "upper"}}},
        {"data": {"values": "@levels"},
         "mark": {"type": "rule", "strokeWidth": 1, "color": "var(--holds)"},
         "encoding": {"x": {"field": "from", "type": "quantitative"}, "x2": {"field": "until"},
                      "y": {"field": "level", "type": "quantitative"},
                      "strokeDash": {"field": "dash", "type": "nominal", "legend": null,
                                     "scale": {"domain": ["limit", "center"],
                                               "range": [[1, 0], [5, 4]]}}}},
        {"data": {"values": "@segments"},
         "mark": {"type": "rule", "strokeWidth": 2, "color": "var(--quiet)"},
         "encoding": {"x": {"field": "from", "type": "quantitative"}, "x2": {"field": "until"},
                      "y": {"field": "mean", "type": "quantitative"}}},
        {"data": {"values": "@events"},
         "mark": {"type": "rule", "strokeWidth": 1.5},
         "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "color": {"field": "event", "type": "nominal", "legend": null,
                      "scale": {"domain": ["worse", "better", "change", "new data"],
                                "range": ["var(--fails)", "var(--holds)", "var(--warns)",
                                          "var(--waived)"]}},
            "strokeDash": {"field": "event", "type": "nominal", "legend": null,
                           "scale": {"domain": ["worse", "better", "change", "new data"],
                                     "range": [[1, 0], [1, 0], [1, 0], [3, 3]]}},
            "tooltip": [{"field": "event", "type": "nominal", "title": "event"},
                        {"field": "words", "type": "nominal", "title": "what"},
                        {"field": "key", "type": "nominal", "title": "from"}]}},
        {"data": {"values": "@rows"},
         "mark": {"type": "line", "strokeWidth": 1, "color": "var(--baseline)", "opacity": 0.7},
         "encoding": {"x": {"field": "at", "type": "quantitative"},
                      "y": {"field": "value", "type": "quantitative"}}},
        {"data": {"values": "@spread"},
         "mark": {"type": "rule", "strokeWidth": 2, "color": "var(--candidate)", "opacity": 0.5},
         "encoding": {"x": {"field": "at", "type": "quantitative"},
                      "y": {"field": "lowest", "type": "quantitative"}, "y2": {"field": "highest"}}},
        {"data": {"values": "@rows"},
         "mark": {"type": "point", "filled": true, "opacity": 1, "size": "@size"},
         "encoding": {
            "x": {"field": "at", "type": "quantitative",
                  "axis": {"title": "measurement, oldest first", "format": "d", "tickMinStep": 1},
                  "scale": {"domain": "@domain", "nice": false}},
            "y": {"field": "value", "type": "quantitative", "axis": {"title": "@unit"},
                  "scale": {"zero": false, "domain": "@values"}},
            "color": {"field": "state", "type": "nominal",
                      "legend": {"columns": "@legend"},
                      "scale": {"domain": "@states", "range": "@colors"}},
            "tooltip": "@tips"}}
    ]
})spec";

constexpr std::string_view strip_pattern = R"spec({
    "width": "container",
    "height": 18,
    "data": {"values": "@rows"},
    "mark": {"type": "rect"},
    "encoding": {
        "x": {"field": "from", "type": "quantitative", "axis": null,
              "scale": {"domain": "@domain", "nice": false}},
        "x2": {"field": "until"},
        "color": {"field": "state", "type": "nominal",
                  "legend": {"columns": "@legend"},
                  "scale": {"domain": "@states", "range": "@colors"}},
        "tooltip": [{"field": "key", "type": "nominal", "title": "measurement"},
                    {"field": "state", "type": "nominal", "title": "state"}]}
})spec";

const char* state_name(PointState state) {
    switch (state) {
        case PointState::learning:
            return "learning";
        case PointState::in_limits:
            return "in limits";
        case PointState::rings:
            return "rings";
        case PointState::no_limits:
            return "no limits";
    }
    return "no limits";
}

/// The states that a chart shows, and the colour of each, as JSON.
struct Legend {
    std::string states;
    std::string colors;
    std::string columns;  ///< four would be wider than a phone
};

Legend legend_of(const MetricHistory& history, std::size_t first, const char* in_limits) {
    std::vector<std::string> states;
    std::vector<std::string> colors;
    const auto shown = [&](PointState state) {
        return std::any_of(history.measurements.begin() + static_cast<std::ptrdiff_t>(first),
                           history.measurements.end(),
                           [state](const Measurement& point) { return point.state == state; });
    };
    for (const auto& [state, color] :
         {std::pair{PointState::rings, "var(--fails)"}, std::pair{PointState::in_limits, in_limits},
          std::pair{PointState::learning, "var(--quiet)"},
          std::pair{PointState::no_limits, "var(--line)"}}) {
        if (shown(state)) {
            states.emplace_back(state_name(state));
            colors.emplace_back(color);
        }
    }
    constexpr std::size_t many = 4;
    return {json_strings(states), json_strings(colors), states.size() < many ? "4" : "2"};
}

std::size_t first_charted(const MetricHistory& history) {
    const std::size_t size = history.measurements.size();
    return size > charted_measurements ? size - charted_measurements : 0;
}

double place(std::size_t at) {
    return static_cast<double>(at + 1);
}

std::string name_of(const Measurement& point, std::size_t at) {
    const std::string number = "#" + std::to_string(at + 1);
    return point.key.empty() ? number : number + " " + escape_terminal(key_words(point));
}

/// The names of the facts that tips show, those that most measurements have first.
std::vector<std::string> facts_of(const MetricHistory& history, std::size_t first) {
    std::map<std::string, std::size_t> counts;
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        for (const auto& [name, value] : history.measurements[at].metadata) {
            ++counts[name];
        }
    }
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(
        sorted, [](const auto& left, const auto& right) { return left.second > right.second; });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < sorted.size() && i < tip_facts; ++i) {
        names.push_back(sorted[i].first);
    }
    return names;
}

std::string tip(const char* field, const std::string& title) {
    return std::string(R"({"field":")") + field + R"(","type":"nominal","title":)" +
           json_string(title) + "}";
}

std::string tips(const std::vector<std::string>& facts) {
    std::string json = "[" + tip("name", "measurement") + "," + tip("shown", "value") + "," +
                       tip("state", "state") + "," + tip("day", "day") + "," +
                       tip("commit", "commit") + "," + tip("data", "data") + "," +
                       tip("attempts", "attempts");
    for (std::size_t i = 0; i < facts.size(); ++i) {
        json += "," + tip(("fact" + std::to_string(i)).c_str(), escape_terminal(facts[i]));
    }
    return json + "]";
}

std::string rows(const MetricHistory& history, std::size_t first,
                 const std::vector<std::string>& facts) {
    DataRows data;
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        const Measurement& point = history.measurements[at];
        data.row().set("at", place(at)).set("value", point.value);
        data.set("name", name_of(point, at)).set("shown", history_number(point.value));
        data.set("state", state_name(point.state)).set("day", day_words(point.time));
        data.set("commit", escape_terminal(point.commit));
        data.set("data", escape_terminal(point.data_digest));
        data.set("attempts", std::to_string(point.attempts));
        for (std::size_t i = 0; i < facts.size(); ++i) {
            const auto found = point.metadata.find(facts[i]);
            data.set("fact" + std::to_string(i),
                     found == point.metadata.end() ? "" : escape_terminal(found->second));
        }
    }
    return data.json();
}

std::string spread(const MetricHistory& history, std::size_t first) {
    DataRows data;
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        const Measurement& point = history.measurements[at];
        if (point.attempts > 1) {
            data.row().set("at", place(at)).set("lowest", point.lowest);
            data.set("highest", point.highest);
        }
    }
    return data.json();
}

std::string events(const MetricHistory& history, std::size_t first) {
    DataRows data;
    for (const verdict::LevelChange& change : history.changes) {
        if (change.at >= first) {
            const char* kind = !change.better ? "change" : *change.better ? "better" : "worse";
            data.row().set("at", place(change.at) - 0.5).set("event", kind);
            data.set("words", change_words(change));
            data.set("key", name_of(history.measurements[change.at], change.at));
        }
    }
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        const Measurement& point = history.measurements[at];
        if (point.new_data) {
            data.row().set("at", place(at) - 0.5).set("event", "new data");
            data.set("words", escape_terminal(point.data_digest));
            data.set("key", name_of(point, at));
        }
    }
    return data.json();
}

std::string segments(const MetricHistory& history, std::size_t first) {
    DataRows data;
    for (std::size_t i = 0; i < history.changes.size(); ++i) {
        const verdict::LevelChange& change = history.changes[i];
        const auto add = [&](std::size_t from, std::size_t until, double mean) {
            if (until > first) {
                data.row().set("from", place(std::max(from, first)) - 0.5);
                data.set("until", place(until) - 0.5).set("mean", mean);
            }
        };
        if (i == 0) {
            add(0, change.at, change.before);
        }
        add(change.at, change.at + change.n_after, change.after);
    }
    return data.json();
}

std::string domain_of(const MetricHistory& history, std::size_t first) {
    return "[" + chart_number(place(first) - 0.5) + "," +
           chart_number(place(history.measurements.size()) - 0.5) + "]";
}

/// The range of what is drawn, with a little air: one number alone still has a height.
std::string value_domain(const MetricHistory& history, std::size_t first) {
    double lowest = history.measurements[first].lowest;
    double highest = history.measurements[first].highest;
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        lowest = std::min(lowest, history.measurements[at].lowest);
        highest = std::max(highest, history.measurements[at].highest);
    }
    if (history.limits) {
        lowest = std::min(lowest, history.limits->limits.lower);
        highest = std::max(highest, history.limits->limits.upper);
    }
    constexpr double share = 0.05;
    double air = share * (highest / 2.0 - lowest / 2.0) * 2.0;
    if (!(air > 0.0)) {
        air = lowest == 0.0 ? 1.0 : share * std::max(lowest, -lowest);
    }
    constexpr double most = std::numeric_limits<double>::max();
    return "[" + support::format_exact(std::max(lowest - air, -most)) + "," +
           support::format_exact(std::min(highest + air, most)) + "]";
}

}  // namespace

std::string trend_spec(const MetricHistory& history) {
    const std::size_t first = first_charted(history);
    const std::vector<std::string> facts = facts_of(history, first);
    DataRows band;
    DataRows levels;
    if (history.limits) {
        const verdict::HistoryLimits& limits = *history.limits;
        const double from = place(std::max(limits.from, first)) - 0.5;
        const double until = place(history.measurements.size()) - 0.5;
        band.row().set("from", from).set("until", until);
        band.set("lower", limits.limits.lower).set("upper", limits.limits.upper);
        for (const auto& [level, dash] :
             {std::pair{limits.limits.lower, "limit"}, std::pair{limits.center, "center"},
              std::pair{limits.limits.upper, "limit"}}) {
            levels.row().set("from", from).set("until", until).set("level", level);
            levels.set("dash", dash);
        }
    }
    const Legend legend = legend_of(history, first, "var(--candidate)");
    const bool many = history.measurements.size() - first > 200;
    const std::string unit = history.unit.empty() ? "value" : escape_terminal(history.unit);
    return fill_spec(pattern, {{"band", band.json()},
                               {"levels", levels.json()},
                               {"segments", segments(history, first)},
                               {"events", events(history, first)},
                               {"rows", rows(history, first, facts)},
                               {"spread", spread(history, first)},
                               {"size", many ? "16" : "40"},
                               {"domain", domain_of(history, first)},
                               {"values", value_domain(history, first)},
                               {"unit", json_string(unit)},
                               {"legend", legend.columns},
                               {"states", legend.states},
                               {"colors", legend.colors},
                               {"tips", tips(facts)}});
}

std::string strip_spec(const MetricHistory& history) {
    const std::size_t first = first_charted(history);
    DataRows data;
    for (std::size_t at = first; at < history.measurements.size(); ++at) {
        const Measurement& point = history.measurements[at];
        data.row().set("from", place(at) - 0.5).set("until", place(at) + 0.5);
        data.set("key", name_of(point, at)).set("state", state_name(point.state));
    }
    const Legend legend = legend_of(history, first, "var(--holds)");
    return fill_spec(strip_pattern, {{"rows", data.json()},
                                     {"domain", domain_of(history, first)},
                                     {"legend", legend.columns},
                                     {"states", legend.states},
                                     {"colors", legend.colors}});
}

}  // namespace metricgate::report
