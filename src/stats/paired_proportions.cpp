// Closed-form intervals of the difference of two paired shares.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "stats/distributions.h"
#include "stats/proportions.h"

namespace metricgate::stats {

namespace {

// The correlation of both sides' outcomes. Its numerator is a difference of products of counts; a
// positive one is moved towards 0 by n/2, a continuity correction.
double correlation(const PairedCounts& counts) {
    const auto both = static_cast<double>(counts.both);
    const auto gained = static_cast<double>(counts.candidate_only);
    const auto lost = static_cast<double>(counts.baseline_only);
    const auto neither = static_cast<double>(counts.neither);
    const double margins =
        (both + gained) * (lost + neither) * ((both + lost) * (gained + neither));
    if (!(margins > 0.0)) {
        return 0.0;
    }
    double numerator = both * neither - gained * lost;
    if (numerator > 0.0) {
        numerator = std::max(0.0, numerator - static_cast<double>(counts.n()) / 2.0);
    }
    return numerator / std::sqrt(margins);
}

// sqrt(a^2 - 2 phi a b + b^2), which rounding must not make the root of a negative number.
double joined(double a, double b, double phi) {
    return std::sqrt(std::max(0.0, a * a - 2.0 * phi * a * b + b * b));
}

}  // namespace

Interval bonett_price(const PairedCounts& counts, double confidence) {
    assert(confidence >= 0.5 && confidence < 1.0);
    const double n = static_cast<double>(counts.n()) + 2.0;
    const double gained = (static_cast<double>(counts.candidate_only) + 1.0) / n;
    const double lost = (static_cast<double>(counts.baseline_only) + 1.0) / n;
    const double difference = gained - lost;
    const double variance = std::max(0.0, gained + lost - difference * difference) / n;
    const double reach = normal_quantile(confidence) * std::sqrt(variance);
    return {std::max(-1.0, difference - reach), std::min(1.0, difference + reach), confidence};
}

Interval newcombe_paired(const PairedCounts& counts, double confidence) {
    assert(counts.n() > 0 && confidence >= 0.5 && confidence < 1.0);
    const auto n = static_cast<double>(counts.n());
    const auto candidate_right = static_cast<double>(counts.both + counts.candidate_only);
    const auto baseline_right = static_cast<double>(counts.both + counts.baseline_only);
    const Interval candidate = wilson(candidate_right, n, confidence);
    const Interval baseline = wilson(baseline_right, n, confidence);
    const double p1 = candidate_right / n;
    const double p2 = baseline_right / n;
    const double phi = correlation(counts);
    const double difference = counts.difference();
    return {difference - joined(p1 - candidate.lower, baseline.upper - p2, phi),
            difference + joined(candidate.upper - p1, p2 - baseline.lower, phi), confidence};
}

}  // namespace metricgate::stats
