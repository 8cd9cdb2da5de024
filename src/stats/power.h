#pragma once

#include <cstdint>
#include <optional>

namespace metricgate::stats {

/// (z_a + z_power) * se: the smallest drop shown to be real with probability `power`.
double smallest_detectable(double standard_error, double confidence, double power = 0.8);

/// max(margin, z_a se) + z_power se: the smallest true drop that is blocked with probability
/// `power`. A drop must be beyond noise and reach the margin, so the larger of the two counts.
double smallest_blocked(double standard_error, double margin, double confidence,
                        double power = 0.8);

/// ceil(k^2 s^2 / m^2) with s = se * sqrt(n): examples needed so that an unchanged candidate passes
/// a margin `margin` > 0 with probability `power`. Empty when it exceeds 10^15, or when nothing is
/// known: no examples, no margin, or a standard error that is 0 or infinite.
std::optional<std::uint64_t> examples_needed(double standard_error, std::uint64_t n, double margin,
                                             double confidence, double power = 0.8);

/// Pairs needed to show with probability `power` that a mean difference lies within a bound that is
/// `gap` > 0 away from its true value, before rounding up: (z_a + z_power)^2 sd^2 / gap^2.
double pairs_needed(double sd_of_differences, double gap, double confidence, double power = 0.8);

/// The same for Student's t with n - 1 degrees of freedom, from the noncentral t distribution, as
/// R's power.t.test(type = "paired", alternative = "one.sided"). At least 2.
double pairs_needed_by_t(double sd_of_differences, double gap, double confidence,
                         double power = 0.8);

/// Pairs of 0/1 outcomes needed to show that a loss stays within `margin`, when a share
/// `discordant` of them is right on one side only and the true difference is `true_difference`
/// (negative is worse, above -margin): k^2 (discordant - d^2) / (margin + d)^2.
double outcome_pairs_needed(double discordant, double margin, double true_difference,
                            double confidence, double power = 0.8);

/// How often a check gives each answer: shares that sum to 1. `confirmed` is a part of `regressed`.
struct VerdictChances {
    double pass = 0.0;
    double regressed = 0.0;
    double confirmed = 0.0;
    double inconclusive = 0.0;
};

/// What a check that judges by an interval does with an estimate: `pass` when the lower end of
/// estimate + margin is above 0, `regressed` when the upper end of the estimate is below 0 and the
/// estimate reaches the margin. With `improvement` the margin plays no part and only a lower end
/// above 0 passes.
struct DecisionRule {
    double margin = 0.0;
    double confidence = 0.95;
    bool improvement = false;
    /// How many times farther than normal or Student's t the ends of the interval lie: more than 1
    /// where a method widens them.
    double lower_stretch = 1.0;
    double upper_stretch = 1.0;
};

/// The chances at a true difference (negative is worse) for a normal estimate with
/// `standard_error` > 0; `margin_error` is the standard error of the statistic against the margin,
/// which is another one where the margin is a share of the baseline. With `degrees_of_freedom` the
/// standard error is itself estimated and the interval is Student's: integrated over its chi
/// distribution to about 1e-4.
VerdictChances chances(const DecisionRule& rule, double true_difference, double standard_error,
                       double margin_error,
                       std::optional<double> degrees_of_freedom = std::nullopt);

/// The chances of paired 0/1 outcomes under Tango's score, by enumerating the numbers of pairs that
/// each side alone gets right among `n`: trinomial with shares (discordant + d)/2 and
/// (discordant - d)/2; where |d| exceeds `discordant`, all discordant pairs go one way. No
/// discordant pair at all is judged by Tango's bound, too.
/// Empty when there are too many to enumerate (more
/// than about a million discordant pairs).
std::optional<VerdictChances> outcome_chances(const DecisionRule& rule, std::uint64_t n,
                                              double discordant, double true_difference);

}  // namespace metricgate::stats
