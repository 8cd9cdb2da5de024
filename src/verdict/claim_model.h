#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stats/power.h"
#include "verdict/result.h"

namespace metricgate::verdict {

/// Code of the note on a row that is judged by an interval, and by the margin alone beside it: how
/// often the second blocks by noise is not worked out.
inline constexpr const char* mean_against_margin = "mean_against_margin";

/// Paired 0/1 outcomes as Tango's score sees them.
struct OutcomeModel {
    std::uint64_t pairs = 0;
    double discordant = 0.0;  ///< share of pairs that one side alone gets right
};

/// How the estimate of one row would vary if the evaluation were repeated on as much fresh data, as
/// far as the data at hand tells: what the chances of its answers follow from.
struct ClaimModel {
    stats::DecisionRule rule;
    double standard_error = 0.0;               ///< of the change, as observed
    double margin_error = 0.0;                 ///< of the change against the margin
    std::optional<double> degrees_of_freedom;  ///< of a t interval
    std::optional<OutcomeModel> outcomes;

    /// The standard error when the true change is `difference`; outcomes have one of their own.
    [[nodiscard]] double error_at(double difference) const;
    /// Exact for outcomes where they can be enumerated, else from the normal or t distribution.
    [[nodiscard]] stats::VerdictChances chances_at(double difference) const;
    /// "exact", "t" or "normal": how `chances_at` computes.
    [[nodiscard]] std::string basis() const;
};

/// The model of a row that compares two sides by an interval; else nothing, and why in `unknown`.
std::optional<ClaimModel> claim_model(const CheckResult& row, std::string& unknown);

/// How the candidate's own value stands to a limit if it is truly `value`.
struct LimitModel {
    Limit limit;
    bool minimum = true;
    double value = 0.0;  ///< of the baseline, else of the candidate
    bool of_baseline = true;
    std::optional<double> standard_error;  ///< of one side's value; absent: not known
    double confidence = 0.95;

    /// How far the value stays within the limit, negative when it breaks it.
    [[nodiscard]] double distance(double value) const;
    /// The chance that a model whose true value is `value` breaks the limit; without a known error
    /// nothing.
    [[nodiscard]] std::optional<double> broken_at(double value) const;
};

/// The models of a row's `min` and `max`; none where the row has no value.
std::vector<LimitModel> limit_models(const CheckResult& row);

}  // namespace metricgate::verdict
