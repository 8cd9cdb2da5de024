#include "verdict/unable_to_fail.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "metrics/catalog.h"
#include "stats/distributions.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;
using support::format_short;

/// Differences below this are rounding.
constexpr double rounding = 1e-12;

/// The range a metric's values lie in, where the values at hand do.
const metrics::Definition* range_of(const CheckResult& row) {
    const metrics::Definition* definition = metrics::find(row.rule.name);
    if (definition == nullptr || !row.comparison) {
        return nullptr;
    }
    for (const metrics::Value* value : {&row.comparison->baseline, &row.comparison->candidate}) {
        if (value->defined() &&
            !(value->number() >= definition->lowest && value->number() <= definition->highest)) {
            return nullptr;  // percent, or another metric of that name
        }
    }
    return definition;
}

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> largest_change(const CheckResult& row, bool gain) {
    const metrics::Definition* range = range_of(row);
    if (range == nullptr || !row.comparison->baseline.defined()) {
        return std::nullopt;
    }
    const double baseline = row.comparison->baseline.number();
    return finite(row.rule.higher_is_better != gain ? baseline - range->lowest
                                                    : range->highest - baseline);
}

/// Whether more data, not another candidate, would end a lack: discordant pairs, skewness and areas
/// near 1 are the candidate's own.
bool is_of_the_data(const std::string& lack) {
    return lack == "examples" || lack == "positives" || lack == "negatives" || lack == "clusters" ||
           lack == "runs per side" || lack.starts_with("examples of class ");
}

/// Why the comparison with the baseline never turns red; empty when it can.
std::string no_regression(const CheckResult& row) {
    const Comparison& c = *row.comparison;
    if (c.insufficient && is_of_the_data(c.insufficient->of)) {
        return row.rule.inconclusive_blocks
                   ? ""
                   : "with " + std::to_string(c.insufficient->have) + " " + c.insufficient->of +
                         ", of " + std::to_string(c.insufficient->need) +
                         " that are needed, it stays inconclusive, which only warns";
    }
    const auto largest = largest_loss(row);
    const double margin =
        c.margin && row.rule.require != Require::improvement ? c.margin->margin : 0.0;
    if (row.rule.require == Require::equivalence) {
        // A gain beyond the margin turns it red, too.
        const auto gain = largest_change(row, true);
        if (!gain || *gain > margin + rounding) {
            return "";
        }
    }
    const bool exceeds = c.uncertainty_known ? largest && margin > *largest + rounding
                                             : largest && margin >= *largest - rounding;
    if (exceeds) {
        return "the margin of " + format_short(margin) +
               " covers every possible loss: from the baseline's " +
               format_short(c.baseline.number()) + " the " + row.rule.metric +
               " can get worse by " + format_short(*largest) + " at most";
    }
    if (c.outcome_pairs) {
        const auto right =
            static_cast<double>(c.outcome_pairs->both + c.outcome_pairs->baseline_only);
        if (!(std::sqrt(right) > stats::normal_quantile(row.rule.confidence))) {
            return "losing all " + format_short(right) +
                   " examples that the baseline gets right would not be told from noise";
        }
    }
    return "";
}

std::string no_breach(const CheckResult& row) {
    const metrics::Definition* range = range_of(row);
    if (range == nullptr) {
        return "";
    }
    const bool below = row.rule.minimum && row.rule.minimum->value > range->lowest;
    const bool above = row.rule.maximum && row.rule.maximum->value < range->highest;
    if (below || above) {
        return "";
    }
    return "no " + row.rule.metric + " lies beyond " +
           (row.rule.minimum ? "the minimum " + format_short(row.rule.minimum->value)
                             : "the maximum " + format_short(row.rule.maximum->value));
}

std::string no_excessive_gain(const CheckResult& row) {
    const auto largest = largest_change(row, true);
    return largest && *row.rule.max_gain >= *largest
               ? "a gain above " + format_short(*row.rule.max_gain) + " is impossible"
               : "";
}

/// A chart of values or averages, all of which lie within its limits: those of a noisy point reach
/// beyond the range of the metric. Sums of deviations grow beyond any limit.
std::string no_ring(const CheckResult& row) {
    using comparison::ChartType;
    const comparison::Chart& chart = *row.comparison->chart;
    const metrics::Definition* range = range_of(row);
    const std::vector beyond = {stats::RunRule::beyond_three_sigma};
    const bool by_limits = chart.type == ChartType::individuals ? chart.rules == beyond
                                                                : chart.type != ChartType::cusum;
    if (range == nullptr || !by_limits) {
        return "";
    }
    const bool below = chart.lower > range->lowest;
    const bool above = chart.upper < range->highest;
    if ((row.rule.higher_is_better || chart.two_sided ? below : above) ||
        (chart.two_sided && above)) {
        return "";
    }
    return "the limits of its chart, " + format_short(chart.lower) + " to " +
           format_short(chart.upper) + ", leave no " + row.rule.metric + " that rings";
}

}  // namespace

std::optional<double> largest_loss(const CheckResult& row) {
    return largest_change(row, false);
}

std::string unable_to_fail(const CheckResult& row) {
    if (!row.comparison || !row.comparison->problem.empty()) {
        return "";
    }
    const Rule& rule = row.rule;
    const bool has_margin = rule.margin.absolute || rule.margin.relative;
    const bool regresses = has_margin || rule.require == Require::improvement;
    if ((regresses || rule.max_gain) && !row.comparison->baseline.defined()) {
        return "";
    }
    std::string reasons;
    const auto every = [&reasons](const std::string& reason) {
        reasons += (reasons.empty() ? "" : "; ") + reason;
        return !reason.empty();
    };
    if ((regresses && !every(no_regression(row))) ||
        ((rule.minimum || rule.maximum) && !every(no_breach(row))) ||
        (rule.max_gain && !every(no_excessive_gain(row))) ||
        (row.comparison->chart && !every(no_ring(row)))) {
        return "";
    }
    return reasons;
}

std::string warning_of_unable(const std::vector<CheckResult>& rows) {
    std::vector<std::string> names;
    std::string first;
    for (const CheckResult& row : rows) {
        if (row.rule.level != Level::block || row.status != Status::pass) {
            continue;
        }
        const std::string reason = unable_to_fail(row);
        if (!reason.empty()) {
            first = names.empty() ? reason : first;
            names.push_back(row.rule.id);
        }
    }
    if (names.empty()) {
        return "";
    }
    return (names.size() == 1 ? "Check " : "Checks ") + support::enumerate(names) +
           (names.size() == 1 ? " passes" : " pass") +
           " and could do nothing else on this data: " + first + ".";
}

}  // namespace metricgate::verdict
