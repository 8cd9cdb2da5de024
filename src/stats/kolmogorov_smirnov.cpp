#include "stats/kolmogorov_smirnov.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

namespace metricgate::stats {

namespace {

/// sqrt(1/n + 1/m)
double spread(std::uint64_t n, std::uint64_t m) {
    return std::sqrt(1.0 / static_cast<double>(n) + 1.0 / static_cast<double>(m));
}

}  // namespace

double ks_distance(std::span<const double> first, std::span<const double> second) {
    assert(!first.empty() && !second.empty());
    const auto n = static_cast<std::int64_t>(first.size());
    const auto m = static_cast<std::int64_t>(second.size());
    std::int64_t i = 0;
    std::int64_t j = 0;
    std::int64_t largest = 0;  // |i m - j n|, so that no rounding enters
    while (i < n && j < m) {
        const double value =
            std::min(first[static_cast<std::size_t>(i)], second[static_cast<std::size_t>(j)]);
        while (i < n && first[static_cast<std::size_t>(i)] <= value) {
            ++i;
        }
        while (j < m && second[static_cast<std::size_t>(j)] <= value) {
            ++j;
        }
        largest = std::max(largest, std::abs(i * m - j * n));
    }
    return static_cast<double>(largest) / (static_cast<double>(n) * static_cast<double>(m));
}

double ks_exact_p(double distance, std::uint64_t n, std::uint64_t m) {
    assert(n > 0 && m > 0 && distance >= 0.0);
    const auto a = static_cast<std::int64_t>(n);
    const auto b = static_cast<std::int64_t>(m);
    const auto reach = static_cast<std::int64_t>(
        std::llround(distance * static_cast<double>(n) * static_cast<double>(m)));
    if (reach == 0) {
        return 1.0;
    }
    const auto is_outside = [&](std::int64_t i, std::int64_t j) {
        return std::abs(i * b - j * a) >= reach;
    };
    // inside[j]: probability that a random path passes (i, j) without having left before.
    std::vector<double> inside(m + 1, 0.0);
    inside[0] = 1.0;
    double p = 0.0;
    std::int64_t from = 0;  // the band of row i that the paths may be in
    for (std::int64_t i = 0; i <= a; ++i) {
        std::int64_t next_from = b + 1;
        for (std::int64_t j = from; j <= b; ++j) {
            double arrives = 0.0;
            if (i == 0 && j == 0) {
                arrives = 1.0;
            } else {
                const double left = static_cast<double>(a - i + b - j + 1);
                const auto at = static_cast<std::size_t>(j);
                if (i > 0) {
                    arrives += inside[at] * static_cast<double>(a - i + 1) / left;
                }
                if (j > from) {
                    arrives += inside[at - 1] * static_cast<double>(b - j + 1) / left;
                }
            }
            if (is_outside(i, j)) {
                p += arrives;
                inside[static_cast<std::size_t>(j)] = 0.0;
                if (j * a - i * b >= reach) {
                    break;  // above the band: nothing further in this row can be reached
                }
            } else {
                inside[static_cast<std::size_t>(j)] = arrives;
                next_from = std::min(next_from, j);
            }
        }
        if (next_from > b) {
            break;
        }
        from = next_from;
    }
    return std::min(1.0, p);
}

double ks_limit_p(double distance, std::uint64_t n, std::uint64_t m) {
    const double x = distance / spread(n, m);
    if (x < 0.2) {
        return 1.0;  // the complement is below 1e-12
    }
    double sum = 0.0;
    for (int k = 1; k <= 100; ++k) {
        const double term = std::exp(-2.0 * k * k * x * x);
        sum += k % 2 == 1 ? term : -term;
        if (term < 1e-18 * sum) {
            break;
        }
    }
    return std::clamp(2.0 * sum, 0.0, 1.0);
}

double ks_p(double distance, std::uint64_t n, std::uint64_t m) {
    constexpr std::uint64_t most = 10000;
    // p is at most 2.17 exp(-2 x^2), below 1e-303 there: not worth counting millions of paths.
    constexpr double beyond_doubles = 350.0;
    const double x = distance / spread(n, m);
    if (x * x > beyond_doubles) {
        return 0.0;
    }
    return std::max(n, m) <= most ? ks_exact_p(distance, n, m) : ks_limit_p(distance, n, m);
}

double ks_critical(double tail, std::uint64_t n, std::uint64_t m) {
    assert(tail > 0.0 && tail < 1.0);
    return std::min(1.0, std::sqrt(-std::log(tail / 2.0) / 2.0) * spread(n, m));
}

double ks_mean(std::uint64_t n, std::uint64_t m) {
    return std::min(1.0, std::sqrt(std::numbers::pi / 2.0) * std::numbers::ln2 * spread(n, m));
}

}  // namespace metricgate::stats
