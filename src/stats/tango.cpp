// Tango's score for paired 0/1 outcomes and its inversion, Statistics in Medicine 17 (1998).
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "stats/bisection.h"
#include "stats/distributions.h"
#include "stats/proportions.h"

namespace metricgate::stats {

namespace {

// T(x) for x >= 0, where no term of the discriminant cancels. With `gains` and `losses` the
// discordant pairs, q estimates the share of losses when the difference is x.
double score_from_zero(double gains, double losses, double n, double x) {
    const double a = 2.0 * n;
    const double b = -gains - losses + (2.0 * n - gains + losses) * x;
    const double minus_c = losses * x * (1.0 - x);
    const double root = std::sqrt(b * b + 4.0 * a * minus_c);
    double q = 0.0;
    if (b <= 0.0) {
        q = (root - b) / (2.0 * a);
    } else {
        q = 2.0 * minus_c / (root + b);
    }
    const double numerator = gains - losses - n * x;
    const double variance = n * (2.0 * q + x * (1.0 - x));
    if (variance > 0.0) {
        return numerator / std::sqrt(variance);
    }
    if (numerator == 0.0) {
        return 0.0;
    }
    return std::copysign(std::numeric_limits<double>::infinity(), numerator);
}

double score(double gains, double losses, double n, double x) {
    return x >= 0.0 ? score_from_zero(gains, losses, n, x) : -score_from_zero(losses, gains, n, -x);
}

// Where T, which falls, comes down to z on its way from -1 to the estimate.
double lower_bound(double gains, double losses, double n, double z) {
    return last_beyond(-1.0, (gains - losses) / n,
                       [&](double difference) { return score(gains, losses, n, difference) >= z; });
}

}  // namespace

double tango_score(const PairedCounts& counts, double difference) {
    assert(difference >= -1.0 && difference <= 1.0);
    return score(static_cast<double>(counts.candidate_only),
                 static_cast<double>(counts.baseline_only), static_cast<double>(counts.n()),
                 difference);
}

Interval tango(const PairedCounts& counts, double confidence) {
    assert(confidence >= 0.5 && confidence < 1.0);
    if (counts.n() == 0) {
        return {-1.0, 1.0, confidence};
    }
    const double z = normal_quantile(confidence);
    const auto gains = static_cast<double>(counts.candidate_only);
    const auto losses = static_cast<double>(counts.baseline_only);
    const auto n = static_cast<double>(counts.n());
    return {lower_bound(gains, losses, n, z), 0.0 - lower_bound(losses, gains, n, z), confidence};
}

double tango_p_no_loss(const PairedCounts& counts) {
    const auto gains = static_cast<double>(counts.candidate_only);
    const auto losses = static_cast<double>(counts.baseline_only);
    return gains + losses > 0.0 ? normal_cdf((gains - losses) / std::sqrt(gains + losses)) : 1.0;
}

}  // namespace metricgate::stats
