#include "stats/correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/mid_ranks.h"
#include "stats/moments.h"

namespace metricgate::stats {

namespace {

/// Distances from the mean, scaled so that their squares neither overflow nor vanish.
std::vector<double> centered(std::span<const double> values) {
    const Range range = range_of(values);
    const double scale = safe_scale(range.magnitude());
    const double mean = moments_of(values, range, scale).mean;
    std::vector<double> distances;
    distances.reserve(values.size());
    for (const double value : values) {
        distances.push_back(scale * value - mean);
    }
    return distances;
}

double sum_of_products(const std::vector<double>& x, const std::vector<double>& y) {
    ExactSum sum;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum.add(x[i] * y[i]);
    }
    return sum.value();
}

/// Exact where both are equal, so that a perfect correlation is 1.
double root_of_product(double a, double b) {
    const double product = a * b;
    return std::isnormal(product) ? std::sqrt(product) : std::sqrt(a) * std::sqrt(b);
}

std::vector<double> doubled_ranks(std::span<const double> values) {
    const MidRanks ranks = mid_ranks(values);
    return {ranks.doubled.begin(), ranks.doubled.end()};
}

std::uint64_t pairs_of(std::uint64_t count) {
    return count * (count - 1) / 2;
}

/// Sorts and counts the pairs that stand the wrong way round: merge sort.
std::uint64_t count_inversions(std::vector<double>& values, std::vector<double>& scratch,
                               std::size_t first, std::size_t end) {
    if (end - first < 2) {
        return 0;
    }
    const std::size_t middle = first + (end - first) / 2;
    std::uint64_t count = count_inversions(values, scratch, first, middle) +
                          count_inversions(values, scratch, middle, end);
    std::size_t left = first;
    std::size_t right = middle;
    for (std::size_t at = first; at < end; ++at) {
        if (right == end || (left < middle && values[left] <= values[right])) {
            scratch[at] = values[left++];
        } else {
            count += middle - left;
            scratch[at] = values[right++];
        }
    }
    std::copy(scratch.begin() + static_cast<std::ptrdiff_t>(first),
              scratch.begin() + static_cast<std::ptrdiff_t>(end),
              values.begin() + static_cast<std::ptrdiff_t>(first));
    return count;
}

/// Pairs of equal neighbours in a sorted order.
template <class Equal>
std::uint64_t tied_pairs(std::size_t count, const Equal& equal) {
    std::uint64_t pairs = 0;
    std::size_t first = 0;
    for (std::size_t i = 1; i <= count; ++i) {
        if (i == count || !equal(first, i)) {
            pairs += pairs_of(i - first);
            first = i;
        }
    }
    return pairs;
}

}  // namespace

std::optional<double> pearson(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    if (x.size() < 2) {
        return std::nullopt;
    }
    const Range of_x = range_of(x);
    const Range of_y = range_of(y);
    if (of_x.lowest == of_x.highest || of_y.lowest == of_y.highest) {
        return std::nullopt;
    }
    const std::vector<double> left = centered(x);
    const std::vector<double> right = centered(y);
    const double own_left = sum_of_products(left, left);
    const double own_right = sum_of_products(right, right);
    if (!(own_left > 0.0) || !(own_right > 0.0)) {
        return std::nullopt;
    }
    const double both = sum_of_products(left, right);
    return std::clamp(both / root_of_product(own_left, own_right), -1.0, 1.0);
}

std::optional<double> spearman(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    return pearson(doubled_ranks(x), doubled_ranks(y));
}

std::optional<double> kendall_tau_b(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    const std::size_t n = x.size();
    if (n < 2) {
        return std::nullopt;
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return x[a] != x[b] ? x[a] < x[b] : y[a] < y[b];
    });
    std::vector<double> by_x(n);
    for (std::size_t i = 0; i < n; ++i) {
        by_x[i] = y[order[i]];
    }
    const auto x_of = [&](std::size_t i) { return x[order[i]]; };
    const std::uint64_t all = pairs_of(n);
    const std::uint64_t tied_x =
        tied_pairs(n, [&](std::size_t a, std::size_t b) { return x_of(a) == x_of(b); });
    const std::uint64_t tied_both = tied_pairs(
        n, [&](std::size_t a, std::size_t b) { return x_of(a) == x_of(b) && by_x[a] == by_x[b]; });
    std::vector<double> scratch(n);
    const std::uint64_t discordant = count_inversions(by_x, scratch, 0, n);
    const std::uint64_t tied_y =
        tied_pairs(n, [&](std::size_t a, std::size_t b) { return by_x[a] == by_x[b]; });
    if (tied_x == all || tied_y == all) {
        return std::nullopt;
    }
    const auto ordered = static_cast<double>(all - tied_x - tied_y + tied_both);
    const double excess = ordered - 2.0 * static_cast<double>(discordant);
    return std::clamp(excess / root_of_product(static_cast<double>(all - tied_x),
                                               static_cast<double>(all - tied_y)),
                      -1.0, 1.0);
}

Interval fisher_interval(double correlation, std::size_t pairs, double confidence) {
    assert(correlation >= -1.0 && correlation <= 1.0);
    if (pairs < 4) {
        return {-1.0, 1.0, confidence};
    }
    if (std::fabs(correlation) == 1.0) {
        return {correlation, correlation, confidence};
    }
    const double middle = std::atanh(correlation);
    const double reach = normal_quantile(confidence) / std::sqrt(static_cast<double>(pairs) - 3.0);
    return {std::tanh(middle - reach), std::tanh(middle + reach), confidence};
}

double p_no_correlation(double correlation, std::size_t pairs) {
    if (pairs < 3) {
        return 1.0;
    }
    if (std::fabs(correlation) == 1.0) {
        return 0.0;
    }
    const auto degrees = static_cast<double>(pairs) - 2.0;
    const double t =
        std::fabs(correlation) * std::sqrt(degrees / (1.0 - correlation * correlation));
    return std::min(1.0, 2.0 * student_t_cdf(-t, degrees));
}

}  // namespace metricgate::stats
