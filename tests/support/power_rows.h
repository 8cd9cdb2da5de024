#pragma once

#include <cmath>
#include <string>

#include "stats/distributions.h"
#include "stats/power.h"
#include "verdict/power.h"

namespace metricgate::tests {

/// A row of a metric judged with a normal interval: `value` of the baseline, standard error
/// `error`.
inline verdict::CheckResult normal_row(const std::string& id, double value, double error,
                                       double margin, std::uint64_t n = 1000) {
    verdict::CheckResult row;
    row.rule.id = id;
    row.rule.name = row.rule.metric = "roc_auc";
    row.rule.margin.absolute = margin;
    row.status = verdict::Status::inconclusive;
    row.evaluated = true;
    row.margin = margin;
    comparison::Comparison& c = row.comparison.emplace();
    c.baseline = c.candidate = metrics::Value::of(value);
    c.delta = 0.0;
    const double reach = stats::normal_quantile(0.95) * error;
    c.interval = stats::Interval{-reach, reach, 0.95};
    c.margin = comparison::AgainstMargin{margin, margin, margin - reach, margin + reach};
    c.standard_error = error;
    c.p_no_loss = 0.5;
    c.mde = stats::smallest_detectable(error, 0.95);
    c.n = n;
    c.n_needed = stats::examples_needed(error, n, margin, 0.95);
    c.method = "delong";
    return row;
}

/// A row of paired 0/1 outcomes judged by Tango's score.
inline verdict::CheckResult outcome_row(const std::string& id, std::uint64_t n,
                                        std::uint64_t gained, std::uint64_t lost, double margin) {
    const auto total = static_cast<double>(n);
    const double error = std::sqrt(static_cast<double>(gained + lost)) / total;
    verdict::CheckResult row = normal_row(id, 0.8, error, margin, n);
    row.rule.name = row.rule.metric = "accuracy";
    stats::PairedCounts pairs;
    pairs.candidate_only = gained;
    pairs.baseline_only = lost;
    pairs.both = n * 8 / 10 - lost;
    pairs.neither = n - pairs.both - gained - lost;
    row.comparison->outcome_pairs = pairs;
    row.comparison->method = "tango";
    return row;
}

inline verdict::GateResult judged(std::vector<verdict::CheckResult> rows) {
    verdict::GateResult result;
    result.checks = std::move(rows);
    result.seed = 7;
    return result;
}

inline bool warns(const verdict::RowPower& row, const std::string& code) {
    for (const comparison::Note& note : row.warnings) {
        if (note.code == code) {
            return true;
        }
    }
    return false;
}

}  // namespace metricgate::tests
