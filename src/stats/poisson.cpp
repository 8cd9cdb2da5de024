#include "stats/poisson.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/proportions.h"

namespace metricgate::stats {

namespace {

double odds(double share) {
    return share < 1.0 ? share / (1.0 - share) : std::numeric_limits<double>::infinity();
}

// P(X >= k) of a binomial, by its mirror.
double binomial_from(std::uint64_t k, std::uint64_t n, double p) {
    return k == 0 ? 1.0 : binomial_cdf(n - k, n, 1.0 - p);
}

}  // namespace

Interval poisson_rate(const EventCount& count, double confidence) {
    assert(count.exposure > 0.0 && confidence >= 0.5 && confidence < 1.0);
    const auto events = static_cast<double>(count.events);
    const double lower = count.events == 0 ? 0.0 : gamma_quantile(1.0 - confidence, events);
    return {lower / count.exposure, gamma_quantile(confidence, events + 1.0) / count.exposure,
            confidence};
}

Interval poisson_ratio(const EventCount& first, const EventCount& second, double confidence) {
    assert(first.exposure > 0.0 && second.exposure > 0.0);
    const double scale = second.exposure / first.exposure;
    const std::uint64_t all = first.events + second.events;
    if (all == 0) {
        return {0.0, std::numeric_limits<double>::infinity(), confidence};
    }
    const Interval share = clopper_pearson(first.events, all, confidence);
    return {odds(share.lower) * scale, odds(share.upper) * scale, confidence};
}

// The splits as unlikely as the observed one lie in both tails; the far tail begins where the
// chance, which falls from the mode on, comes down to the observed one.
double poisson_equal_rates(const EventCount& first, const EventCount& second) {
    const std::uint64_t n = first.events + second.events;
    const double p = first.exposure / (first.exposure + second.exposure);
    if (n == 0) {
        return 1.0;
    }
    const std::uint64_t x = first.events;
    constexpr double no_more_likely = 1.0 + 1e-7;
    const double expected = static_cast<double>(n) * p;
    if (static_cast<double>(x) == expected) {
        return 1.0;
    }
    const double odd = p / (1.0 - p);
    const auto size = static_cast<double>(n);
    // Chance of k relative to that of x, walked from x through the mode into the other tail.
    double relative = 1.0;
    if (static_cast<double>(x) < expected) {
        std::uint64_t k = x;
        bool fallen = false;
        while (k < n && !fallen) {
            const auto at = static_cast<double>(k);
            relative *= (size - at) / (at + 1.0) * odd;
            ++k;
            fallen = static_cast<double>(k) > expected && relative <= no_more_likely;
        }
        const double far = fallen ? binomial_from(k, n, p) : 0.0;
        return std::min(1.0, binomial_cdf(x, n, p) + far);
    }
    std::uint64_t k = x;
    bool fallen = false;
    while (k > 0 && !fallen) {
        const auto at = static_cast<double>(k);
        relative *= at / (size - at + 1.0) / odd;
        --k;
        fallen = static_cast<double>(k) < expected && relative <= no_more_likely;
    }
    const double far = fallen ? binomial_cdf(k, n, p) : 0.0;
    return std::min(1.0, binomial_from(x, n, p) + far);
}

}  // namespace metricgate::stats
