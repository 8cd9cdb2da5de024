#pragma once

#include <cstdint>

#include "stats/interval.h"

namespace metricgate::stats {

/// Wilson's score interval of x successes in n > 0.
Interval wilson(double successes, double n, double confidence);

/// Clopper and Pearson's exact interval.
Interval clopper_pearson(std::uint64_t successes, std::uint64_t n, double confidence);

/// Newcombe's hybrid score interval (method 10, 1998) of p1 - p2 from independent samples.
Interval newcombe(double x1, double n1, double x2, double n2, double confidence);

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

/// Exact and mid-p McNemar, two-sided.
double mcnemar_exact(const PairedCounts& counts);
double mcnemar_mid_p(const PairedCounts& counts);

}  // namespace metricgate::stats
