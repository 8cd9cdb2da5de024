#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "stats/interval.h"

namespace metricgate::stats {

/// Percentile interval from replicates (sorted in place), type-7 quantiles. Monte Carlo sd of a
/// bound: see `monte_carlo_sd`. Unbounded when there is no replicate or one is not finite; so are
/// the other intervals.
Interval percentile_interval(std::span<double> replicates, double confidence);

/// Basic interval: the percentile one mirrored at the estimate (Davison and Hinkley 1997, 5.6). For
/// errors whose distribution does not move with the truth.
Interval basic_interval(double estimate, std::span<double> replicates, double confidence);

/// estimate - bias +- z times the standard deviation of the replicates (Davison and Hinkley 1997,
/// 5.5).
Interval normal_interval(double estimate, std::span<const double> replicates, double confidence);

/// Studentized interval (Davison and Hinkley 1997, 5.7): estimate - standard_error times the
/// quantiles of `t`, the replicates of (value - estimate) / own standard error (sorted in place).
Interval studentized_interval(double estimate, double standard_error, std::span<double> t,
                              double confidence);

/// How far the median of the replicates lies from the estimate, in standard normal units:
/// Phi^-1 of the share of replicates below it, half of the equal ones included. (Strictly below is
/// wrong on lattices: the interval of an accuracy then misses several times too often.) Infinite
/// when all lie on one side.
double bias_correction(double estimate, std::span<const double> replicates);

/// sum(l^3) / (6 sum(l^2)^1.5), l = mean of the leave-one-out values minus each (Efron and
/// Tibshirani 1993, 14.15): how fast the standard error changes with the truth. `counts` says how
/// often each value occurs; empty: once. 0 when all are equal.
double acceleration(std::span<const double> leave_one_out,
                    std::span<const std::uint64_t> counts = {});

/// sqrt((n - 1) / n * sum of squared distances of the leave-one-out values from their mean).
double jackknife_standard_error(std::span<const double> leave_one_out);

/// BCa interval (Efron 1987), type-7 quantiles of the replicates (sorted in place). Unbounded, too,
/// when the bias correction is infinite or the acceleration carries a level beyond its pole.
Interval bca_interval(double estimate, std::span<double> replicates, double acceleration,
                      double confidence);
/// How much further out than a percentile a bound must lie because few units were resampled: a
/// resample's spread is too small by sqrt(1 - 1/n), and its tails are normal where Student's t has
/// n - 1 degrees of freedom (Hesterberg, The American Statistician 69, 2015, "expanded
/// percentile").
struct Expansion {
    double degrees_of_freedom;
    double inflation;  ///< of the spread, at least 1
};

/// The confidence whose percentile stands for `confidence` >= 0.5; below 1.
double expanded_confidence(double confidence, const Expansion& expansion);

/// The share of resamples without a loss as a p by the same rule, at most one half where it was.
double expanded_p(double p, const Expansion& expansion);

/// (1 + #{r >= 0}) / (B + 1): one-sided p of "no loss".
double bootstrap_p_not_negative(std::span<const double> replicates);

/// Monte Carlo sd of a bound at one-sided level a with B replicates of spread `standard_error`:
/// sqrt(a(1-a)/B)/phi(z_a) * se.
double monte_carlo_sd(double confidence, std::size_t replicates, double standard_error);

/// Summed exactly; infinite for fewer than two values.
double sample_standard_deviation(std::span<const double> values);

}  // namespace metricgate::stats
