#include "stats/drift_noise.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "stats/exact_sum.h"
#include "stats/hypergeometric.h"
#include "stats/quantiles.h"

namespace metricgate::stats {

namespace {

std::size_t pairs_for(std::size_t bins) {
    constexpr std::size_t most = 1000;
    constexpr std::size_t least = 200;
    return std::clamp(most * 100 / std::max<std::size_t>(bins, 1), least, most);
}

}  // namespace

BinnedNoise binned_noise(std::span<const std::uint64_t> expected,
                         std::span<const std::uint64_t> actual, const BinnedDistance& distance,
                         double tail, Stream stream) {
    assert(expected.size() == actual.size() && tail > 0.0 && tail < 1.0);
    std::vector<std::uint64_t> pooled;
    std::uint64_t n = 0;
    std::uint64_t m = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        n += expected[i];
        m += actual[i];
        if (expected[i] + actual[i] > 0) {
            pooled.push_back(expected[i] + actual[i]);
        }
    }
    assert(n > 0 && m > 0);
    if (pooled.size() < 2) {
        return {};
    }
    std::vector<std::uint64_t> first(pooled.size());
    std::vector<std::uint64_t> second(pooled.size());
    std::vector<double> drawn(pairs_for(pooled.size()));
    ExactSum sum;
    for (double& value : drawn) {
        std::uint64_t left = n;           // to be dealt to the first sample
        std::uint64_t remaining = n + m;  // in this bin and all later ones
        for (std::size_t i = 0; i < pooled.size(); ++i) {
            remaining -= pooled[i];
            first[i] = hypergeometric(stream, pooled[i], remaining, left);
            second[i] = pooled[i] - first[i];
            left -= first[i];
        }
        value = distance(first, second);
        sum.add(value);
    }
    std::ranges::sort(drawn);
    return {sum.value() / static_cast<double>(drawn.size()), quantile_sorted(drawn, 1.0 - tail)};
}

double psi_null_mean(std::uint64_t bins, std::uint64_t n, std::uint64_t m) {
    assert(bins > 0 && n > 0 && m > 0);
    return static_cast<double>(bins - 1) *
           (1.0 / static_cast<double>(n) + 1.0 / static_cast<double>(m));
}

}  // namespace metricgate::stats
