#include "report/json_check.h"

#include <optional>
#include <span>

#include "comparison/chart_run_length.h"
#include "report/json_values.h"

namespace metricgate::report {
namespace {

Json limit(const std::optional<verdict::Limit>& limit) {
    if (!limit) {
        return nullptr;
    }
    const auto using_word = [&limit] {
        switch (limit->by) {
            case verdict::Bound::point:
                return "point";
            case verdict::Bound::lower:
                return "lower";
            case verdict::Bound::upper:
                return "upper";
        }
        return "point";
    };
    return {{"value", number(limit->value)}, {"using", using_word()}};
}

Json rule(const verdict::Rule& rule) {
    Json margin = nullptr;
    if (rule.margin.absolute || rule.margin.relative) {
        margin = {{"abs", number(rule.margin.absolute)},
                  {"rel", number(rule.margin.relative)},
                  {"need", rule.margin.need_both ? "both" : "either"}};
    }
    Json object = {{"margin", margin},
                   {"min", limit(rule.minimum)},
                   {"max", limit(rule.maximum)},
                   {"max_gain", number(rule.max_gain)},
                   {"require_improvement", rule.require == verdict::Require::improvement},
                   {"on_inconclusive", rule.inconclusive_blocks ? "block" : "warn"},
                   {"on_no_baseline", rule.no_baseline_blocks ? "block" : "pass"},
                   {"confidence", number(rule.confidence)},
                   {"where", place(rule.where)}};
    if (rule.require == verdict::Require::equivalence) {
        object["require_equivalence"] = true;
    }
    if (!rule.anchor.empty()) {
        object["anchor"] = rule.anchor;
    }
    if (rule.budget) {
        object["budget"] = {{"abs", number(rule.budget->absolute)},
                            {"rel", number(rule.budget->relative)},
                            {"count", rule.budget->net ? "net" : "losses"}};
    }
    return object;
}

Json value(const metrics::Value& value) {
    return value.defined() ? number(value.number()) : Json(nullptr);
}

Json undefined_reason(const metrics::Value& value) {
    return value.defined() ? Json(nullptr) : Json(value.reason());
}

Json against_margin(const std::optional<comparison::AgainstMargin>& bounds) {
    if (!bounds) {
        return nullptr;
    }
    return {{"estimate", number(bounds->estimate)},
            {"lower", number(bounds->lower)},
            {"upper", number(bounds->upper)}};
}

Json ratio(const comparison::Ratio& ratio) {
    return {{"estimate", number(ratio.estimate)},
            {"lower", number(ratio.lower)},
            {"upper", number(ratio.upper)}};
}

Json insufficient(const std::optional<comparison::Insufficient>& lack) {
    if (!lack) {
        return nullptr;
    }
    return {{"of", lack->of}, {"have", lack->have}, {"need", lack->need}};
}

Json search(const comparison::Search& search) {
    return {{"searched", search.searched},
            {"too_small", search.too_small},
            {"worse", search.worse},
            {"open", search.open},
            {"critical_value", number(search.critical_value)}};
}

Json noise(const metrics::Noise& noise) {
    return {{"mean", number(noise.mean)}, {"level", number(noise.level)}, {"p", number(noise.p)}};
}

/// Of a chart, the newest: a report of a long history stays small.
constexpr std::size_t most_points = 500;

Json chart(const comparison::Chart& chart) {
    Json rules = Json::array();
    for (const stats::RunRule rule : chart.rules) {
        rules.push_back(comparison::word_of(rule));
    }
    Json points = Json::array();
    const std::size_t left_out =
        chart.points.size() > most_points ? chart.points.size() - most_points : 0;
    for (const comparison::ChartedPoint& point : std::span(chart.points).subspan(left_out)) {
        points.push_back({{"key", point.key},
                          {"commit", text_or_null(point.commit)},
                          {"value", number(point.value)},
                          {"attempts", point.attempts},
                          {"standardised", number(point.standardised)},
                          {"made_limits", point.made_limits}});
    }
    return {{"type", comparison::name_of(chart.type)},
            {"sides", chart.two_sided ? "both" : "worse"},
            {"rules", rules},
            {"broken", Json(chart.broken)},
            {"statistic", number(chart.statistic)},
            {"lower", number(chart.lower)},
            {"upper", number(chart.upper)},
            {"center", number(chart.center)},
            {"sigma", number(chart.sigma)},
            {"sigma_of_moving_ranges", number(chart.raw_sigma)},
            {"sigma_floor", number(chart.floor)},
            {"in_standard_errors", chart.standardised},
            {"limit_points", chart.limit_points},
            {"left_out", chart.left_out},
            {"based_on", text_or_null(chart.based_on)},
            {"run_length",
             {{"points", number(chart.run_length.points)},
              {"at_least", chart.run_length.at_least},
              {"source", chart.run_length.source}}},
            {"points_in_all", chart.points.size()},
            {"points", points}};
}

Json path(const comparison::Path& path) {
    return {{"from", path.from},
            {"steps", path.steps},
            {"net", number(path.net)},
            {"average", number(path.average)},
            {"losses", number(path.losses)}};
}

}  // namespace

Json json_of(const verdict::CheckResult& row) {
    const bool compared = row.comparison.has_value();
    const comparison::Comparison& c = compared ? *row.comparison : comparison::Comparison{};
    Json json = {{"id", row.rule.id},
                 {"metric", row.rule.name},
                 {"title", row.rule.metric},
                 {"slice", object_of(row.rule.slice)},
                 {"input", row.rule.input},
                 {"unit", row.rule.unit},
                 {"direction", row.rule.higher_is_better ? "higher" : "lower"},
                 {"level", verdict::name(row.rule.level)},
                 {"status", verdict::name(row.status)},
                 {"confirmed", row.confirmed},
                 {"leans", text_or_null(row.leans)},
                 {"evaluated", row.evaluated},
                 {"reason", row.reason},
                 {"baseline", value(c.baseline)},
                 {"baseline_undefined", compared ? undefined_reason(c.baseline) : Json(nullptr)},
                 {"candidate", value(c.candidate)},
                 {"candidate_undefined", compared ? undefined_reason(c.candidate) : Json(nullptr)},
                 {"candidate_interval", interval(c.candidate_interval)},
                 {"delta", number(c.delta)},
                 {"interval", interval(c.interval)},
                 {"uncertainty_known", compared && c.uncertainty_known},
                 {"identical", c.identical},
                 {"degenerate", c.degenerate},
                 {"margin", number(row.margin)},
                 {"against_margin", against_margin(c.margin)},
                 {"standard_error", number(c.standard_error)},
                 {"p_no_loss", number(c.p_no_loss)},
                 {"adjusted_p", number(row.adjusted_p)},
                 {"method", text_or_null(c.method)},
                 {"n", c.n != 0 ? Json(c.n) : Json(nullptr)},
                 {"n_unit", c.n != 0 ? Json(c.n_unit) : Json(nullptr)},
                 {"mde", number(c.mde)},
                 {"n_needed", or_null(c.n_needed)},
                 {"insufficient", insufficient(c.insufficient)},
                 {"notes", notes(row.notes)},
                 {"rule", rule(row.rule)}};
    if (row.instead_of && row.waiver) {
        json["waived"] = {{"status", verdict::name(*row.instead_of)},
                          {"expires", row.waiver->expires},
                          {"owner", row.waiver->owner},
                          {"reason", row.waiver->reason},
                          {"where", place(row.waiver->where)}};
    }
    if (c.search) {
        json["search"] = search(*c.search);
    }
    if (c.ratio) {
        json["ratio"] = ratio(*c.ratio);
    }
    if (row.rule.require == verdict::Require::equivalence) {
        json["against_gain"] = against_margin(c.against_gain);
    }
    if (c.chart) {
        json["chart"] = chart(*c.chart);
    }
    if (c.path) {
        json["path"] = path(*c.path);
    }
    if (c.noise) {
        json["noise"] = noise(*c.noise);
    }
    return json;
}

}  // namespace metricgate::report
