// Tests of "both shares are equal" for two independent samples.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "stats/exact_sum.h"
#include "stats/proportions.h"

namespace metricgate::stats {

double pooled_z(const TwoSamples& samples) {
    assert(samples.n1 > 0 && samples.n2 > 0);
    const auto n1 = static_cast<double>(samples.n1);
    const auto n2 = static_cast<double>(samples.n2);
    const double pooled = static_cast<double>(samples.x1 + samples.x2) / (n1 + n2);
    const double variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    if (!(variance > 0.0)) {
        return 0.0;
    }
    return (static_cast<double>(samples.x1) / n1 - static_cast<double>(samples.x2) / n2) /
           std::sqrt(variance);
}

// Chances relative to the observed table by the ratio of neighbours, so that no factorial is
// needed.
double fisher_exact(const TwoSamples& samples) {
    assert(samples.x1 <= samples.n1 && samples.x2 <= samples.n2);
    const auto n1 = static_cast<double>(samples.n1);
    const auto n2 = static_cast<double>(samples.n2);
    const auto successes = static_cast<double>(samples.x1 + samples.x2);
    const double lowest = std::max(0.0, successes - n2);
    const double highest = std::min(n1, successes);
    constexpr double no_more_likely = 1.0 + 1e-7;
    ExactSum all;
    ExactSum as_rare;
    bool out_of_reach = false;  // others are likelier than a double can say
    const auto take = [&](double chance) {
        if (!std::isfinite(chance)) {
            out_of_reach = true;
            return;
        }
        all.add(chance);
        if (chance <= no_more_likely) {
            as_rare.add(chance);
        }
    };
    take(1.0);
    double chance = 1.0;
    for (auto x = static_cast<double>(samples.x1); x < highest; ++x) {
        chance *= (n1 - x) * (successes - x) / ((x + 1.0) * (n2 - successes + x + 1.0));
        take(chance);
    }
    chance = 1.0;
    for (auto x = static_cast<double>(samples.x1); x > lowest; --x) {
        chance *= x * (n2 - successes + x) / ((n1 - x + 1.0) * (successes - x + 1.0));
        take(chance);
    }
    return out_of_reach ? 0.0 : std::min(1.0, as_rare.value() / all.value());
}

}  // namespace metricgate::stats
