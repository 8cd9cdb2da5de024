#include "verdict/limits.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "support/number.h"

namespace metricgate::verdict {
namespace {

using support::format_short;

double tolerance(double a, double b) {
    const double scale = std::max(std::abs(a), std::abs(b));
    return 4.0 * std::numeric_limits<double>::epsilon() * scale;
}

/// The number that a limit looks at, or nothing when no interval is known.
std::optional<double> compared_value(Bound by, const comparison::Comparison& comparison) {
    const auto& interval = comparison.candidate_interval;
    switch (by) {
        case Bound::point:
            return comparison.candidate.number();
        case Bound::lower:
            return interval ? std::optional(interval->lower) : std::nullopt;
        case Bound::upper:
            return interval ? std::optional(interval->upper) : std::nullopt;
    }
    return std::nullopt;
}

std::string bound_name(Bound by) {
    switch (by) {
        case Bound::point:
            return "the value";
        case Bound::lower:
            return "the lower bound";
        case Bound::upper:
            return "the upper bound";
    }
    return "the value";
}

void apply(const Limit& limit, bool is_minimum, const comparison::Comparison& comparison,
           LimitAnswer& answer) {
    const std::string word = is_minimum ? "minimum" : "maximum";
    const auto value = compared_value(limit.by, comparison);
    if (!value || !std::isfinite(*value)) {
        answer.problem = "the " + word + " is to be compared with " + bound_name(limit.by) +
                         ", but no interval of the candidate's own value is known; write `using: "
                         "point` or record evidence with uncertainty";
        return;
    }
    answer.judged = true;
    const double slack = tolerance(*value, limit.value);
    const bool holds = is_minimum ? *value >= limit.value - slack : *value <= limit.value + slack;
    if (holds) {
        return;
    }
    answer.broken = true;
    if (!answer.reason.empty()) {
        answer.reason += "; ";
    }
    answer.reason += bound_name(limit.by) + " " + format_short(*value, 5) + " is " +
                     (is_minimum ? "below" : "above") + " the " + word + " " +
                     format_short(limit.value, 5);
    // An inherited breach is named, because the change under judgement did not cause it.
    if (limit.by == Bound::point && comparison.baseline.defined()) {
        const double baseline = comparison.baseline.number();
        const bool inherited = is_minimum ? baseline < limit.value : baseline > limit.value;
        if (inherited) {
            answer.reason += " (also broken at the baseline: " + format_short(baseline, 5) + ")";
        }
    }
}

}  // namespace

LimitAnswer judge_limits(const Rule& rule, const comparison::Comparison& comparison) {
    LimitAnswer answer;
    if (!comparison.candidate.defined()) {
        answer.problem = "the candidate's value is undefined: " + comparison.candidate.reason();
        return answer;
    }
    if (rule.minimum) {
        apply(*rule.minimum, true, comparison, answer);
    }
    if (rule.maximum && answer.problem.empty()) {
        apply(*rule.maximum, false, comparison, answer);
    }
    return answer;
}

}  // namespace metricgate::verdict
