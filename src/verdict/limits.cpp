#include "verdict/limits.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "comparison/rounding.h"
#include "support/number.h"

namespace metricgate::verdict {
namespace {

using support::format_short;

/// Rounding as with margins: 17/20 and 0.85 may differ in the last places.
bool is_beyond(double value, const Limit& limit, bool is_minimum) {
    const double s = is_minimum ? 1.0 : -1.0;
    const double scale = std::max(std::abs(value), std::abs(limit.value));
    return !(comparison::oriented_excess(s * value, -s * limit.value, scale) >= 0.0);
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
    if (!is_beyond(*value, limit, is_minimum)) {
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
        if (is_beyond(baseline, limit, is_minimum)) {
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
