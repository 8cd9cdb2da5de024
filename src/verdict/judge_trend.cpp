// Charts and budgets: rows about a whole history, not about two sides.
#include <algorithm>
#include <cmath>

#include "comparison/rounding.h"
#include "support/counted.h"
#include "support/number.h"
#include "support/text.h"
#include "verdict/judge.h"
#include "verdict/limits.h"
#include "verdict/row.h"

namespace metricgate::verdict {
namespace {

using comparison::Chart;
using comparison::Comparison;
using support::format_short;

constexpr int digits = 5;

std::string run_length_text(const Chart& chart) {
    const std::string points = support::counted(
        static_cast<std::uint64_t>(std::llround(chart.run_length.points)), "points");
    return "by chance it rings once in about " + points +
           (chart.run_length.at_least ? " or more" : "");
}

const char* charted(const Chart& chart) {
    switch (chart.type) {
        case comparison::ChartType::individuals:
            return "the value";
        case comparison::ChartType::ewma:
            return "the weighted average";
        case comparison::ChartType::cusum:
            return "the sum of deviations";
        case comparison::ChartType::moving_average:
            return "the moving average";
    }
    return "the value";
}

/// "0.861 against 0.874 to 0.926".
std::string limits_text(const Chart& chart) {
    return std::string(charted(chart)) + " " + format_short(chart.statistic, digits) + " against " +
           format_short(chart.lower, digits) + " to " + format_short(chart.upper, digits) +
           " (center " + format_short(chart.center, digits) + ", sigma " +
           format_short(chart.sigma, 3) + ")";
}

/// Why a chart has no more points: a change may bring new data to a long history.
std::string since_text(const std::optional<Chart>& chart) {
    return chart && !chart->based_on.empty()
               ? "; the limits begin anew at point " +
                     support::visible(chart->points.front().key, 40) + ": " + chart->based_on
               : "";
}

}  // namespace

std::string path_text(const comparison::Path& path) {
    const std::string average = format_short(path.average, 3);
    return support::counted(path.steps, path.of_commits ? "merges" : "steps") + " since " +
           support::visible(path.from, 60) + ", " + (path.average > 0.0 ? "+" : "") + average +
           (path.steps == 1 ? "" : " each on average");
}

bool is_usable(const std::optional<Chart>& chart) {
    return chart && std::isfinite(chart->statistic) && std::isfinite(chart->lower) &&
           std::isfinite(chart->upper);
}

CheckResult judge_chart(const Rule& rule, const Comparison& comparison) {
    CheckResult row = start_row(rule, comparison);
    if (!comparison.problem.empty()) {
        return answer(row, Status::error, comparison.problem);
    }
    const LimitAnswer limits = judge_limits(rule, comparison);
    row.limit_judged = limits.judged;
    if (!limits.problem.empty()) {
        return answer(row, Status::error, limits.problem);
    }
    if (limits.broken) {
        return answer(row, Status::violated, limits.reason);
    }
    const auto& chart = comparison.chart;
    const auto& lack = comparison.insufficient;
    const bool has_limits = comparison.baseline.defined();
    if (lack && !has_limits) {
        row.leans = "ok";
        return answer(row, Status::inconclusive,
                      "too little history to judge: " + lack_text(*lack) + since_text(chart));
    }
    if (!is_usable(chart)) {
        return answer(row, Status::error, "the chart could not be computed");
    }
    // Few examples have a large standard error, which the limits account for.
    if (!chart->broken.empty()) {
        return answer(row, Status::violated,
                      "the chart rings, " + support::enumerate(chart->broken) + ": " +
                          limits_text(*chart) + "; " + run_length_text(*chart));
    }
    if (lack) {
        row.leans = "ok";
        return answer(row, Status::inconclusive,
                      "too little data at the newest point: " + lack_text(*lack));
    }
    return answer(row, Status::pass,
                  "in control: " + limits_text(*chart) + "; " + run_length_text(*chart));
}

CheckResult judge_budget(const Rule& rule, const Comparison& comparison) {
    CheckResult row = start_row(rule, comparison);
    if (!comparison.problem.empty()) {
        return answer(row, Status::error, comparison.problem);
    }
    const auto& path = comparison.path;
    if (!path || !rule.budget || !std::isfinite(path->losses) || !std::isfinite(path->net)) {
        return answer(row, Status::error, "the path since the anchor could not be computed");
    }
    if (!path->other_data.empty()) {
        return answer(row, Status::incomparable, path->other_data);
    }
    const double anchor = comparison.baseline.number();
    const double budget = rule.budget->absolute
                              ? *rule.budget->absolute
                              : rule.budget->relative.value_or(0.0) * std::abs(anchor);
    const double spent = rule.budget->net ? std::max(0.0, -path->net) : path->losses;
    row.margin = budget;
    const double scale = std::max(std::abs(anchor), std::abs(comparison.candidate.number()));
    const bool kept = comparison::oriented_excess(budget, -spent, scale) >= 0.0;
    const std::string what = rule.budget->net ? "the net loss since the anchor is "
                                              : "the losses since the anchor sum to ";
    const std::string text = what + format_short(spent, 4) + ", " +
                             (kept ? "within the budget of " : "above the budget of ") +
                             format_short(budget, 4) + "; " + path_text(*path);
    if (!rule.budget->net) {
        row.notes.push_back({"budget_by_chance",
                             "A model that only moves up and down as much from merge to merge "
                             "would have spent about " +
                                 format_short(std::max(0.0, path->losses + path->net / 2.0), 3) +
                                 "."});
    }
    return answer(row, kept ? Status::pass : Status::violated, text);
}

}  // namespace metricgate::verdict
