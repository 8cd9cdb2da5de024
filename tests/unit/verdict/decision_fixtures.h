// Rows by hand, and what is asked of them.
#pragma once

#include <string>

#include "support/catch.h"
#include "verdict/decision.h"
#include "verdict/judge.h"

namespace metricgate::test {

inline verdict::Rule rule_with_margin(double margin) {
    verdict::Rule rule;
    rule.id = "accuracy";
    rule.margin.absolute = margin;
    return rule;
}

inline comparison::Comparison compared(double delta, double lower, double upper, double margin) {
    comparison::Comparison comparison;
    comparison.baseline = metrics::Value::of(0.9);
    comparison.candidate = metrics::Value::of(0.9 + delta);
    comparison.delta = delta;
    comparison.interval = stats::Interval{lower, upper, 0.95};
    comparison.margin =
        comparison::AgainstMargin{margin, delta + margin, lower + margin, upper + margin};
    comparison.p_no_loss = 0.01;
    return comparison;
}

inline std::string text_of(const verdict::CheckResult& row) {
    std::string text;
    for (const auto& step : verdict::decision_steps(row)) {
        text += step.question + " " + step.finding + "\n";
    }
    return text;
}

inline std::string last_finding(const verdict::CheckResult& row) {
    const auto steps = verdict::decision_steps(row);
    REQUIRE_FALSE(steps.empty());
    return steps.back().question + " " + steps.back().finding;
}

}  // namespace metricgate::test
