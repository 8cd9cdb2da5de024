#pragma once

#include <cstdint>

#include "stats/interval.h"

namespace metricgate::stats {

/// Wilson's score interval of x successes in n > 0.
Interval wilson(double successes, double n, double confidence);

/// Clopper and Pearson's exact interval.
Interval clopper_pearson(std::uint64_t successes, std::uint64_t n, double confidence);

/// Jeffreys' interval: quantiles of Beta(x + 1/2, n - x + 1/2), 0 without successes and 1 without
/// failures (Brown, Cai and DasGupta, Statistical Science 16, 2001).
Interval jeffreys(std::uint64_t successes, std::uint64_t n, double confidence);

/// Newcombe's hybrid score interval (method 10, 1998) of p1 - p2 from independent samples.
Interval newcombe(double x1, double n1, double x2, double n2, double confidence);

/// Successes in independent trials of two samples; n >= 1 each.
struct TwoSamples {
    std::uint64_t x1 = 0;
    std::uint64_t n1 = 0;
    std::uint64_t x2 = 0;
    std::uint64_t n2 = 0;
};

/// Miettinen and Nurminen's score of p1 - factor * p2 = `contrast` (Statistics in Medicine 4,
/// 1985): variance at the most likely shares under that contrast, times N/(N - 1). Falls in
/// `contrast`; 0/0 is 0. factor > 0.
double miettinen_nurminen_score(const TwoSamples& samples, double contrast, double factor = 1.0);

/// The interval of p1 - factor * p2 by inverting that score.
Interval miettinen_nurminen(const TwoSamples& samples, double confidence, double factor = 1.0);

/// z of "both shares are equal" with the pooled share; its square is Pearson's chi-square without
/// continuity correction. 0 when both samples hold one outcome only.
double pooled_z(const TwoSamples& samples);

/// Fisher's exact two-sided p: the chance of all tables with these margins that are no more likely
/// than this one (up to a relative 1e-7, as R does).
double fisher_exact(const TwoSamples& samples);

/// Paired 0/1 outcomes: how many pairs each side alone got right.
struct PairedCounts {
    std::uint64_t both = 0;
    std::uint64_t candidate_only = 0;
    std::uint64_t baseline_only = 0;
    std::uint64_t neither = 0;
    [[nodiscard]] std::uint64_t n() const {
        return both + candidate_only + baseline_only + neither;
    }
    [[nodiscard]] double difference() const {
        return (static_cast<double>(candidate_only) - static_cast<double>(baseline_only)) /
               static_cast<double>(n());
    }
};

/// Tango's score T(x) for the difference x in (-1, 1) (Statistics in Medicine 17, 1998). Falls
/// in x; 0/0 is 0.
double tango_score(const PairedCounts& counts, double difference);

/// The interval of candidate - baseline by inverting Tango's score. n >= 1.
Interval tango(const PairedCounts& counts, double confidence);

/// One-sided p of "the candidate is not worse": Phi((b - c) / sqrt(b + c)), 1 when b + c = 0... the
/// level at which U reaches 0.
double tango_p_no_loss(const PairedCounts& counts);

/// Bonett and Price's adjusted Wald interval of candidate - baseline: one pair is added to each
/// discordant cell (Journal of Educational and Behavioral Statistics 37, 2012). Within [-1, 1].
Interval bonett_price(const PairedCounts& counts, double confidence);

/// Newcombe's square-and-add interval of candidate - baseline (Statistics in Medicine 17, 1998,
/// paired method 10): Wilson's bounds of both shares joined with the correlation of the table,
/// whose positive numerator is reduced by n/2. n >= 1.
Interval newcombe_paired(const PairedCounts& counts, double confidence);

/// Exact and mid-p McNemar, two-sided.
double mcnemar_exact(const PairedCounts& counts);
double mcnemar_mid_p(const PairedCounts& counts);

/// The same, one-sided, of "the candidate is not worse"; 1 and 1/2 without discordant pairs.
double mcnemar_exact_no_loss(const PairedCounts& counts);
double mcnemar_mid_p_no_loss(const PairedCounts& counts);

}  // namespace metricgate::stats
