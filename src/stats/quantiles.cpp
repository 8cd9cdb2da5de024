#include "stats/quantiles.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "stats/distributions.h"

namespace metricgate::stats {

namespace {

// The largest r with P(Bin(n, p) < r) <= level; 0 when there is none.
std::uint64_t largest_rank(std::uint64_t n, double p, double level) {
    std::uint64_t reached = 0;
    std::uint64_t beyond = n + 1;
    while (beyond - reached > 1) {
        const std::uint64_t rank = reached + (beyond - reached) / 2;
        if (binomial_cdf(rank - 1, n, p) <= level) {
            reached = rank;
        } else {
            beyond = rank;
        }
    }
    return reached;
}

}  // namespace

double quantile_sorted(std::span<const double> sorted, double p) {
    assert(!sorted.empty() && p >= 0.0 && p <= 1.0);
    const double position = static_cast<double>(sorted.size() - 1) * p;
    const double below = std::floor(position);
    const auto index = static_cast<std::size_t>(below);
    if (index + 1 >= sorted.size()) {
        return sorted.back();
    }
    const double lower = sorted[index];
    const double upper = sorted[index + 1];
    const double share = position - below;
    if (lower == upper || share == 0.0) {
        return lower;
    }
    // Not lower + share (upper - lower), whose difference may overflow.
    return std::clamp((1.0 - share) * lower + share * upper, lower, upper);
}

double median_absolute_deviation(std::span<const double> sorted) {
    constexpr double of_normal = 1.4826;
    const double median = quantile_sorted(sorted, 0.5);
    std::vector<double> distances;
    distances.reserve(sorted.size());
    for (const double value : sorted) {
        distances.push_back(std::fabs(value - median));
    }
    std::ranges::sort(distances);
    return of_normal * quantile_sorted(distances, 0.5);
}

QuantileBounds order_statistic_bounds(std::span<const double> sorted, double p, double confidence) {
    assert(p >= 0.0 && p <= 1.0 && confidence > 0.0 && confidence < 1.0);
    const std::uint64_t n = sorted.size();
    const double level = 1.0 - confidence;
    QuantileBounds bounds;
    if (const std::uint64_t rank = largest_rank(n, p, level); rank > 0) {
        bounds.lower = sorted[rank - 1];
    }
    if (const std::uint64_t rank = largest_rank(n, 1.0 - p, level); rank > 0) {
        bounds.upper = sorted[n - rank];
    }
    return bounds;
}

}  // namespace metricgate::stats
