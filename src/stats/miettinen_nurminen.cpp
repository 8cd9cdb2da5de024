// The score interval of the difference of two independent shares.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/bisection.h"
#include "stats/distributions.h"
#include "stats/proportions.h"

namespace metricgate::stats {

namespace {

struct Shares {
    double first = 0.0;
    double second = 0.0;
};

// How the log likelihood of x successes in n changes at share p; infinite where it ends.
double slope(double x, double n, double p) {
    const double of_successes = x > 0.0 ? x / p : 0.0;
    const double of_failures = n > x ? (n - x) / (1.0 - p) : 0.0;
    return of_successes - of_failures;
}

// The most likely shares with first = factor * second + contrast. The likelihood is concave along
// that line, so its slope falls and one bisection finds the top, at an end of the line if need be.
Shares most_likely(const TwoSamples& samples, double contrast, double factor) {
    const auto x1 = static_cast<double>(samples.x1);
    const auto n1 = static_cast<double>(samples.n1);
    const auto x2 = static_cast<double>(samples.x2);
    const auto n2 = static_cast<double>(samples.n2);
    const double lowest = std::max(0.0, -contrast / factor);
    const double highest = std::min(1.0, (1.0 - contrast) / factor);
    const auto first_of = [&](double second) {
        return std::clamp(factor * second + contrast, 0.0, 1.0);
    };
    if (!(lowest < highest)) {
        const double second = std::clamp(lowest, 0.0, 1.0);
        return {first_of(second), second};
    }
    const double second = last_beyond(lowest, highest, [&](double middle) {
        return factor * slope(x1, n1, first_of(middle)) + slope(x2, n2, middle) >= 0.0;
    });
    return {first_of(second), second};
}

double variance_of(double p, double n) {
    return p * (1.0 - p) / n;
}

}  // namespace

double miettinen_nurminen_score(const TwoSamples& samples, double contrast, double factor) {
    assert(samples.n1 > 0 && samples.n2 > 0 && factor > 0.0);
    assert(samples.x1 <= samples.n1 && samples.x2 <= samples.n2);
    const auto n1 = static_cast<double>(samples.n1);
    const auto n2 = static_cast<double>(samples.n2);
    const Shares shares = most_likely(samples, contrast, factor);
    const double variance =
        (variance_of(shares.first, n1) + factor * factor * variance_of(shares.second, n2)) *
        ((n1 + n2) / (n1 + n2 - 1.0));
    const double excess = static_cast<double>(samples.x1) / n1 -
                          factor * (static_cast<double>(samples.x2) / n2) - contrast;
    if (variance > 0.0) {
        return excess / std::sqrt(variance);
    }
    return excess == 0.0 ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), excess);
}

Interval miettinen_nurminen(const TwoSamples& samples, double confidence, double factor) {
    assert(confidence >= 0.5 && confidence < 1.0);
    const double z = normal_quantile(confidence);
    const double estimate =
        static_cast<double>(samples.x1) / static_cast<double>(samples.n1) -
        factor * (static_cast<double>(samples.x2) / static_cast<double>(samples.n2));
    const auto score = [&](double contrast) {
        return miettinen_nurminen_score(samples, contrast, factor);
    };
    return {last_beyond(-factor, estimate, [&](double at) { return score(at) >= z; }),
            last_beyond(1.0, estimate, [&](double at) { return score(at) <= -z; }), confidence};
}

}  // namespace metricgate::stats
