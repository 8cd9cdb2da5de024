#include "report/figures.h"

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "report/digits.h"
#include "support/counted.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using comparison::Comparison;
using verdict::Bound;
using verdict::CheckResult;
using verdict::Limit;
using verdict::Rule;

constexpr const char* none = "-";

std::optional<double> margin_of(const CheckResult& row) {
    return row.margin ? row.margin : row.rule.margin.absolute;
}

/// The number that a limit looked at.
std::optional<double> limited_value(const Comparison& comparison, const Limit& limit) {
    switch (limit.by) {
        case Bound::point:
            return comparison.candidate.defined() ? std::optional(comparison.candidate.number())
                                                  : std::nullopt;
        case Bound::lower:
            return comparison.candidate_interval
                       ? std::optional(comparison.candidate_interval->lower)
                       : std::nullopt;
        case Bound::upper:
            return comparison.candidate_interval
                       ? std::optional(comparison.candidate_interval->upper)
                       : std::nullopt;
    }
    return std::nullopt;
}

Digits digits_of(const CheckResult& row) {
    std::vector<std::pair<double, double>> compared;
    if (!row.comparison) {
        return {0.0, true, compared};
    }
    const Comparison& comparison = *row.comparison;
    const std::optional<double> margin = margin_of(row);
    const auto& interval = comparison.interval;
    if (interval) {
        compared.push_back({interval->lower, 0.0});
        compared.push_back({interval->upper, 0.0});
        if (margin) {
            compared.push_back({interval->lower, -*margin});
            compared.push_back({interval->upper, -*margin});
        }
    }
    if (comparison.delta && margin) {
        compared.push_back({*comparison.delta, -*margin});
    }
    if (comparison.delta && row.rule.max_gain) {
        compared.push_back({*comparison.delta, *row.rule.max_gain});
    }
    for (const auto& limit : {row.rule.minimum, row.rule.maximum}) {
        const auto value = limit ? limited_value(comparison, *limit) : std::nullopt;
        if (value) {
            compared.push_back({*value, limit->value});
        }
    }
    if (interval && interval->upper > interval->lower) {
        return {(interval->upper - interval->lower) / 2.0, false, compared};
    }
    // Without an interval recorded digits are all there is: up to four figures of the change.
    double spread = std::abs(comparison.delta.value_or(0.0)) / 100.0;
    if (spread == 0.0 && comparison.candidate.defined()) {
        spread = std::abs(comparison.candidate.number()) / 100.0;
    }
    return {spread, true, compared};
}

/// A number that the policy states: as written, when that is short.
std::string stated(double value) {
    return support::format_short(value, 6);
}

std::string with_unit(std::string number, const std::string& unit) {
    return unit.empty() ? number : number + " " + unit;
}

std::string value_text(const metrics::Value& value, const Digits& digits, const std::string& unit) {
    if (value.defined()) {
        return with_unit(digits.print(value.number()), unit);
    }
    return has_none_by_nature(value) ? none : "undefined";
}

std::string candidate_text(const CheckResult& row, const Digits& digits, const std::string& unit) {
    const Comparison& comparison = *row.comparison;
    std::string text = value_text(comparison.candidate, digits, unit);
    for (const auto& limit : {row.rule.minimum, row.rule.maximum}) {
        if (!limit || limit->by == Bound::point || !comparison.candidate_interval) {
            continue;
        }
        const bool lower = limit->by == Bound::lower;
        text += lower ? " (lower bound " : " (upper bound ";
        text += digits.print(*limited_value(comparison, *limit)) + ")";
    }
    if (comparison.noise) {
        text += " (noise up to " + support::format_short(comparison.noise->level, 2) + ")";
    }
    return text;
}

std::string change_text(const CheckResult& row, const Digits& digits, const std::string& unit,
                        bool with_level) {
    const Comparison& comparison = *row.comparison;
    if (!comparison.delta) {
        return none;
    }
    if (comparison.identical) {
        return "0 (identical)";
    }
    std::string text = with_unit(digits.print(*comparison.delta), unit);
    if (comparison.interval) {
        text += " [" + digits.print(comparison.interval->lower) + ", " +
                digits.print(comparison.interval->upper) + "]";
    }
    if (!row.rule.higher_is_better && *comparison.delta != 0.0) {
        text += *comparison.delta < 0.0 ? " worse" : " better";
    }
    if (comparison.ratio && comparison.interval) {
        const comparison::Ratio& ratio = *comparison.ratio;
        const Digits own(ratio.estimate - ratio.lower, false,
                         {{ratio.lower, 1.0}, {ratio.upper, 1.0}});
        text += ", ratio " + own.print(ratio.estimate) + " [" + own.print(ratio.lower) + ", " +
                own.print(ratio.upper) + "]";
    }
    if (comparison.interval && with_level) {
        text += " (" + interval_name(comparison.interval->confidence) + ")";
    }
    if (comparison.chart) {
        const auto& points = comparison.chart->points;
        text += points.empty()
                    ? ""
                    : " (" + support::format_short(points.back().standardised, 3) + " sigma)";
    } else if (!comparison.uncertainty_known && !row.rule.budget) {
        text += " (no uncertainty known)";
    }
    return text;
}

std::string relative_text(double relative) {
    return stated(relative * 100.0) + " %";
}

std::string bounded_change(const CheckResult& row) {
    return row.rule.require == verdict::Require::equivalence ? "change either way up to "
                                                             : "loss up to ";
}

std::string margin_text(const CheckResult& row, const Digits& digits, const std::string& unit) {
    const comparison::Margin& margin = row.rule.margin;
    if (margin.absolute && !margin.relative) {
        return bounded_change(row) + with_unit(stated(*margin.absolute), unit);
    }
    std::string rule = relative_text(*margin.relative);
    if (margin.absolute) {
        rule += (margin.need_both ? " and " : " or ") + with_unit(stated(*margin.absolute), unit);
    }
    if (row.margin) {
        return bounded_change(row) + with_unit(digits.print(*row.margin), unit) + " (" + rule + ")";
    }
    return bounded_change(row) + rule + (margin.absolute ? "" : " of the baseline");
}

std::string limit_text(const char* word, const Limit& limit, const std::string& unit) {
    std::string text = word + with_unit(stated(limit.value), unit);
    switch (limit.by) {
        case Bound::point:
            return text;
        case Bound::lower:
            return text + " (lower bound)";
        case Bound::upper:
            return text + " (upper bound)";
    }
    return text;
}

std::string allowed_text(const CheckResult& row, const Digits& digits, const std::string& unit) {
    const Rule& rule = row.rule;
    std::string text;
    const auto add = [&text](const std::string& part) {
        text += (text.empty() ? "" : ", ") + part;
    };
    if (rule.margin.absolute || rule.margin.relative) {
        add(margin_text(row, digits, unit));
    }
    if (rule.chart) {
        const auto& chart = row.comparison ? row.comparison->chart : std::nullopt;
        const bool limits = chart && row.comparison->baseline.defined();
        add(std::string(comparison::name_of(rule.chart->type)) + " chart" +
            (limits ? ", " + digits.print(chart->lower) + " to " + digits.print(chart->upper)
                    : std::string()));
    }
    if (rule.budget) {
        add((rule.budget->net ? "a net loss of " : "losses of ") +
            (rule.budget->absolute ? with_unit(stated(*rule.budget->absolute), unit)
                                   : relative_text(rule.budget->relative.value_or(0.0))) +
            " in all since " + support::visible(rule.anchor, 40));
    }
    if (rule.require == verdict::Require::improvement) {
        add("an improvement only");
    }
    if (rule.minimum) {
        add(limit_text("at least ", *rule.minimum, unit));
    }
    if (rule.maximum) {
        add(limit_text("at most ", *rule.maximum, unit));
    }
    if (rule.max_gain) {
        add("gain up to " + with_unit(stated(*rule.max_gain), unit));
    }
    return text.empty() ? none : text;
}

/// What the numbers rest on: how many examples, by which method, and the smallest drop they show.
/// Of an undecided row the reason tells the last.
std::string evidence(const Figures& figures, verdict::Status status) {
    std::string text = figures.n == none ? "" : "; " + figures.n;
    text += figures.method == none ? "" : ", " + figures.method;
    const bool told = figures.mde == none || status == verdict::Status::inconclusive;
    return text + (told ? "" : "; smallest detectable drop " + figures.mde);
}

}  // namespace

Figures figures_of(const CheckResult& row, const Sink& sink, bool with_level) {
    const Digits digits = digits_of(row);
    const std::string unit = row.rule.unit.empty() ? "" : sink.prose(row.rule.unit);
    Figures figures{none, none, none, allowed_text(row, digits, unit), none, none, none};
    if (!row.comparison) {
        return figures;
    }
    const Comparison& comparison = *row.comparison;
    figures.baseline = value_text(comparison.baseline, digits, unit);
    figures.candidate = candidate_text(row, digits, unit);
    figures.change = change_text(row, digits, unit, with_level);
    if (comparison.n != 0) {
        figures.n = sink.prose(counted(comparison.n, comparison.n_unit));
    }
    if (comparison.mde && std::isfinite(*comparison.mde)) {
        figures.mde = with_unit(support::format_short(*comparison.mde, 2), unit);
    }
    if (!comparison.method.empty()) {
        figures.method = sink.prose(comparison.method);
    }
    return figures;
}

std::string numbers_line(const Figures& figures, verdict::Status status) {
    if (figures.candidate == none) {
        return "";
    }
    std::string text = figures.baseline == none ? figures.candidate
                                                : figures.baseline + " -> " + figures.candidate;
    text += figures.change == none ? "" : ": " + figures.change;
    text += figures.allowed == none ? "" : "; allowed: " + figures.allowed;
    return text + evidence(figures, status);
}

bool has_none_by_nature(const metrics::Value& value) {
    return value.reason() == "not evaluated" || value.reason() == "there is no baseline" ||
           value.reason() == "the metric looks at both sides at once";
}

std::string interval_name(double confidence) {
    return support::format_short(100.0 * (2.0 * confidence - 1.0), 4) + " % interval";
}

std::string grouped(std::uint64_t count) {
    std::string text = support::count_of(count, "", "");
    text.pop_back();
    return text;
}

std::string counted(std::uint64_t count, const std::string& unit) {
    return support::counted(count, unit);
}

}  // namespace metricgate::report
