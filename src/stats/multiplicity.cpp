#include "stats/multiplicity.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

namespace metricgate::stats {

namespace {

std::vector<double> sane(std::span<const double> p) {
    std::vector<double> values(p.begin(), p.end());
    for (double& value : values) {
        assert(value >= 0.0 && value <= 1.0);
        value = value >= 0.0 && value <= 1.0 ? value : 1.0;
    }
    return values;
}

/// Positions by ascending p; equal ones as they stand.
std::vector<std::size_t> ascending(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
        return p[left] != p[right] ? p[left] < p[right] : left < right;
    });
    return order;
}

/// From the largest p down: none is adjusted above a larger one. `factor` gives the multiplier of
/// the p-value of a rank from 1 on.
template <class Factor>
std::vector<double> step_up(std::span<const double> p, const Factor& factor) {
    const std::vector<double> values = sane(p);
    const std::vector<std::size_t> order = ascending(values);
    std::vector<double> adjusted(p.size());
    double reached = 1.0;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::size_t at = order[rank - 1];
        reached = std::min(reached, factor(rank) * values[at]);
        adjusted[at] = reached;
    }
    return adjusted;
}

}  // namespace

std::vector<double> holm(std::span<const double> p) {
    const std::vector<double> values = sane(p);
    const std::vector<std::size_t> order = ascending(values);
    std::vector<double> adjusted(p.size());
    double reached = 0.0;
    for (std::size_t step = 0; step < order.size(); ++step) {
        reached = std::max(reached, static_cast<double>(p.size() - step) * values[order[step]]);
        adjusted[order[step]] = std::min(1.0, reached);
    }
    return adjusted;
}

std::vector<double> hochberg(std::span<const double> p) {
    return step_up(p, [&](std::size_t rank) { return static_cast<double>(p.size() - rank + 1); });
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    const auto n = static_cast<double>(p.size());
    return step_up(p, [&](std::size_t rank) { return n / static_cast<double>(rank); });
}

std::vector<double> benjamini_yekutieli(std::span<const double> p) {
    const auto n = static_cast<double>(p.size());
    double harmonic = 0.0;
    for (std::size_t i = p.size(); i > 0; --i) {
        harmonic += 1.0 / static_cast<double>(i);
    }
    return step_up(p, [&](std::size_t rank) { return harmonic * n / static_cast<double>(rank); });
}

}  // namespace metricgate::stats
