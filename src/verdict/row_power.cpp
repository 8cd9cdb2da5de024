// What one check can see on its data.
#include <algorithm>
#include <array>
#include <cmath>

#include "comparison/chart_run_length.h"
#include "stats/distributions.h"
#include "support/counted.h"
#include "support/number.h"
#include "verdict/claim_model.h"
#include "verdict/power.h"
#include "verdict/unable_to_fail.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;
using support::format_short;

constexpr std::array multiples = {1.0, 2.0, 3.0};
/// A margin that takes more than this many times the data is out of reach.
constexpr std::uint64_t out_of_reach = 10;
/// From here on t and normal sample sizes agree.
constexpr double many_degrees = 200.0;

/// What the size of the sample is counted in, and how much of it the margin takes.
void fill_size(const CheckResult& row, RowPower& power) {
    const Comparison& c = *row.comparison;
    power.n = c.n;
    power.n_unit = c.n_unit;
    power.n_needed = c.n_needed;
    const auto clusters = std::find_if(c.facts.begin(), c.facts.end(),
                                       [](const auto& fact) { return fact.name == "clusters"; });
    if (clusters != c.facts.end() && clusters->value >= 1.0) {
        power.n = static_cast<std::uint64_t>(std::llround(clusters->value));
        power.n_unit = "clusters";
        power.n_needed = c.standard_error && power.margin
                             ? stats::examples_needed(*c.standard_error, power.n, *power.margin,
                                                      row.rule.confidence)
                             : std::nullopt;
    } else if (c.n_needed && c.degrees_of_freedom && *c.degrees_of_freedom < many_degrees &&
               std::llround(*c.degrees_of_freedom) + 1 == static_cast<long long>(c.n)) {
        const double sd = *c.standard_error * std::sqrt(static_cast<double>(c.n));
        power.n_needed = static_cast<std::uint64_t>(
            std::ceil(stats::pairs_needed_by_t(sd, *power.margin, row.rule.confidence)));
    }
}

void fill_limits(const CheckResult& row, RowPower& power) {
    for (const LimitModel& model : limit_models(row)) {
        power.limits.push_back({model.minimum, model.limit, model.of_baseline,
                                model.distance(model.value), model.broken_at(model.value)});
    }
}

void fill_chances(const CheckResult& row, const ClaimModel& model, RowPower& power) {
    power.basis = model.basis();
    power.unchanged = model.chances_at(0.0);
    const double smallest = row.comparison->mde.value_or(
        stats::smallest_detectable(model.standard_error, row.rule.confidence));
    power.smallest_shown = smallest;
    // The error behind the smallest loss shown is the one if nothing had changed.
    const double error = smallest / stats::smallest_detectable(1.0, row.rule.confidence);
    const double beyond_noise =
        model.rule.upper_stretch * stats::normal_quantile(row.rule.confidence) * error;
    power.smallest_blocked = stats::smallest_blocked(
        error, std::max(model.rule.improvement ? 0.0 : model.rule.margin, beyond_noise),
        row.rule.confidence);
    const auto largest = largest_loss(row);
    for (const double multiple : multiples) {
        const double drop = multiple * model.rule.margin;
        if (drop > 0.0 && (!largest || drop <= *largest)) {
            power.drops.push_back({multiple, drop, model.chances_at(-drop), 0.0});
        }
    }
}

void warn(RowPower& power, const char* code, std::string text) {
    power.warnings.push_back({code, std::move(text)});
}

/// Of a row whose chances are known, and so the smallest loss that it shows.
void warn_of_size(RowPower& power) {
    if (!power.n_needed || *power.n_needed <= out_of_reach * power.n) {
        return;
    }
    warn(power, "cannot_police",
         "this margin cannot be policed with this data: " + format_short(*power.margin) +
             " takes about " + support::counted(*power.n_needed, power.n_unit) +
             ", and there are " + support::counted(power.n, power.n_unit) +
             "; the smallest margin that can is " + format_short(*power.smallest_shown, 2));
}

/// What cannot be looked at here, though `check` may well have an answer.
bool was_not_compared(Status status) {
    switch (status) {
        case Status::missing:
        case Status::incomparable:
        case Status::no_baseline:
        case Status::new_metric:
        case Status::error:
            return true;
        case Status::pass:
        case Status::regressed:
        case Status::violated:
        case Status::inconclusive:
        case Status::skipped:
        case Status::waived:
            return false;
    }
    return true;
}

/// Charts have no chances of one evaluation, but lengths of runs until they ring.
void tell_run_lengths(const CheckResult& row, RowPower& power) {
    const comparison::ChartOptions& options = *row.rule.chart;
    const auto chance = comparison::run_length_in_control(options);
    const auto points = [](double length) {
        return support::counted(static_cast<std::uint64_t>(std::llround(length)), "points");
    };
    std::string text = "this chart rings by chance once in about " + points(chance.points) +
                       (chance.at_least ? " or more" : "") + " (" + chance.source + ")";
    const auto& chart = row.comparison ? row.comparison->chart : std::nullopt;
    for (const double shift : {0.5, 1.0, 2.0}) {
        if (const auto length = comparison::run_length_after(options, shift)) {
            text += "; a level worse by " + format_short(shift) + " sigma";
            text += chart && chart->sigma > 0.0 ? " (" + format_short(shift * chart->sigma, 2) + ")"
                                                : std::string();
            text += " rings after about " + points(*length);
        }
    }
    warn(power, "run_lengths", text);
    if (row.comparison && row.comparison->insufficient) {
        warn(power, "too_little_data", "this check stays inconclusive on this data: " + row.reason);
    }
}

}  // namespace

RowPower row_power(const CheckResult& row) {
    RowPower power;
    power.rule = row.rule;
    power.status = row.status;
    power.reason = row.reason;
    power.margin = row.margin;
    fill_limits(row, power);
    const auto model = claim_model(row, power.unknown);
    if (row.comparison) {
        power.method = row.comparison->method;
        fill_size(row, power);
    }
    const std::string unable = unable_to_fail(row);
    if (!unable.empty()) {
        power.cannot_fail = true;
        warn(power, "cannot_fail", "this check cannot fail: " + unable);
    }
    if (was_not_compared(row.status)) {
        warn(power, "not_compared", "this check could not be looked at: " + row.reason);
    }
    if (row.rule.chart) {
        power.unknown = "a chart has run lengths, no chances of one evaluation";
        tell_run_lengths(row, power);
    } else if (row.rule.budget) {
        power.unknown = "a budget has no chances of one evaluation";
        warn(power, "no_uncertainty",
             "a budget sums up every loss, also those by noise; choose it from what an unchanged "
             "model spends on as many merges");
    } else if (model) {
        fill_chances(row, *model, power);
        warn_of_size(power);
    } else if (row.comparison && row.comparison->insufficient && unable.empty()) {
        warn(power, "too_little_data",
             "this check stays inconclusive on this data: " + power.unknown);
    } else if (row.comparison && row.comparison->noise && row.status == Status::inconclusive) {
        warn(power, "limit_below_noise", row.reason);
    } else if (row.comparison && !row.comparison->uncertainty_known) {
        warn(power, "no_uncertainty",
             "no uncertainty known: how often noise alone blocks cannot be said; record a standard "
             "error, n or repeated runs");
    }
    return power;
}

}  // namespace metricgate::verdict
