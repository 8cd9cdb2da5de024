#include "stats/proportions.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "stats/distributions.h"
#include "stats/mover.h"

namespace metricgate::stats {

namespace {

// The lower root of (p - t)^2 = z^2 t (1 - t)/n in t, from the product of both roots, so that
// nothing cancels when p is near 0.
double wilson_lower(double successes, double n, double z) {
    if (successes <= 0.0) {
        return 0.0;
    }
    const double p = successes / n;
    const double square = z * z / n;
    const double root = std::sqrt(square * (4.0 * p * (1.0 - p) + square));
    return std::min(p, 2.0 * p * p / (2.0 * p + square + root));
}

}  // namespace

Interval wilson(double successes, double n, double confidence) {
    assert(n > 0.0 && successes >= 0.0 && successes <= n);
    assert(confidence >= 0.5 && confidence < 1.0);
    const double z = normal_quantile(confidence);
    return {wilson_lower(successes, n, z), 1.0 - wilson_lower(n - successes, n, z), confidence};
}

Interval clopper_pearson(std::uint64_t successes, std::uint64_t n, double confidence) {
    assert(n > 0 && successes <= n);
    assert(confidence >= 0.5 && confidence < 1.0);
    const auto right = static_cast<double>(successes);
    const auto wrong = static_cast<double>(n - successes);
    const double level = 1.0 - confidence;
    // Both ends as lower ends, one of the share of failures: Beta(a, b) mirrored is Beta(b, a).
    const double lower = successes == 0 ? 0.0 : beta_quantile(level, right, wrong + 1.0);
    const double upper = successes == n ? 1.0 : 1.0 - beta_quantile(level, wrong, right + 1.0);
    return {lower, upper, confidence};
}

Interval jeffreys(std::uint64_t successes, std::uint64_t n, double confidence) {
    assert(n > 0 && successes <= n);
    assert(confidence >= 0.5 && confidence < 1.0);
    const double right = static_cast<double>(successes) + 0.5;
    const double wrong = static_cast<double>(n - successes) + 0.5;
    const double level = 1.0 - confidence;
    const double lower = successes == 0 ? 0.0 : beta_quantile(level, right, wrong);
    const double upper = successes == n ? 1.0 : 1.0 - beta_quantile(level, wrong, right);
    return {lower, upper, confidence};
}

Interval newcombe(double x1, double n1, double x2, double n2, double confidence) {
    return mover({x1 / n1, wilson(x1, n1, confidence)}, {x2 / n2, wilson(x2, n2, confidence)});
}

double mcnemar_exact(const PairedCounts& counts) {
    const std::uint64_t discordant = counts.candidate_only + counts.baseline_only;
    const std::uint64_t fewer = std::min(counts.candidate_only, counts.baseline_only);
    return std::min(1.0, 2.0 * binomial_cdf(fewer, discordant, 0.5));
}

// Half of the observed table's own probability is left out on each side: P(X <= k) + P(X < k).
double mcnemar_mid_p(const PairedCounts& counts) {
    const std::uint64_t discordant = counts.candidate_only + counts.baseline_only;
    const std::uint64_t fewer = std::min(counts.candidate_only, counts.baseline_only);
    const double below = fewer == 0 ? 0.0 : binomial_cdf(fewer - 1, discordant, 0.5);
    return std::min(1.0, binomial_cdf(fewer, discordant, 0.5) + below);
}

double mcnemar_exact_no_loss(const PairedCounts& counts) {
    return binomial_cdf(counts.candidate_only, counts.candidate_only + counts.baseline_only, 0.5);
}

double mcnemar_mid_p_no_loss(const PairedCounts& counts) {
    const std::uint64_t discordant = counts.candidate_only + counts.baseline_only;
    const std::uint64_t gained = counts.candidate_only;
    const double below = gained == 0 ? 0.0 : binomial_cdf(gained - 1, discordant, 0.5);
    return 0.5 * (binomial_cdf(gained, discordant, 0.5) + below);
}

}  // namespace metricgate::stats
