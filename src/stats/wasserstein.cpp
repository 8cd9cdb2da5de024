#include "stats/wasserstein.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "stats/distributions.h"
#include "stats/exact_sum.h"

namespace metricgate::stats {

namespace {

/// A sample and the mass of its values up to a place.
class Steps {
public:
    Steps(std::span<const double> values, std::span<const double> weights)
        : m_values(values), m_weights(weights) {
        ExactSum all;
        for (const double weight : weights) {
            all.add(weight);
        }
        m_total = weights.empty() ? static_cast<double>(values.size()) : all.value();
    }
    [[nodiscard]] bool done() const { return m_at == m_values.size(); }
    [[nodiscard]] double next() const { return m_values[m_at]; }
    void pass(double value) {
        while (!done() && next() <= value) {
            if (!m_weights.empty()) {
                m_passed.add(m_weights[m_at]);
            }
            ++m_at;
        }
        m_share = (m_weights.empty() ? static_cast<double>(m_at) : m_passed.value()) / m_total;
    }
    [[nodiscard]] double share() const { return m_share; }

private:
    std::span<const double> m_values;
    std::span<const double> m_weights;
    std::size_t m_at = 0;
    ExactSum m_passed;
    double m_total = 0.0;
    double m_share = 0.0;
};

double area_between(Steps first, Steps second) {
    ExactSum area;
    double previous = std::min(first.next(), second.next());
    while (!(first.done() && second.done())) {
        const double value = first.done()    ? second.next()
                             : second.done() ? first.next()
                                             : std::min(first.next(), second.next());
        const double step = std::abs(first.share() - second.share()) * (value - previous);
        if (!std::isfinite(step)) {
            return step;
        }
        area.add(step);
        first.pass(value);
        second.pass(value);
        previous = value;
    }
    return area.value();
}

/// Gaps between neighbours of similar rank taken together, so that the double integral stays small.
struct Stretch {
    double rank = 0.0;    ///< in (0, 1)
    double weight = 0.0;  ///< integral of sqrt(F (1 - F))
};

std::vector<Stretch> stretches_of(std::span<const double> pooled) {
    constexpr std::size_t most = 256;
    const std::size_t gaps = pooled.size() - 1;
    const std::size_t count = std::min(most, gaps);
    const double size = static_cast<double>(pooled.size());
    std::vector<Stretch> stretches;
    for (std::size_t part = 0; part < count; ++part) {
        const std::size_t from = part * gaps / count;
        const std::size_t to = (part + 1) * gaps / count;
        ExactSum weight;
        for (std::size_t i = from; i < to; ++i) {
            const double share = static_cast<double>(i + 1) / size;
            weight.add(std::sqrt(share * (1.0 - share)) * (pooled[i + 1] - pooled[i]));
        }
        const double middle = (static_cast<double>(from + to) + 1.0) / 2.0;
        stretches.push_back({middle / size, weight.value()});
    }
    return stretches;
}

/// Covariance of |X| and |Y| for standard normal X and Y with correlation r >= 0.
double folded_covariance(double r) {
    return 2.0 / std::numbers::pi *
           (std::sqrt(std::max(0.0, 1.0 - r * r)) + r * std::asin(std::min(r, 1.0)) - 1.0);
}

}  // namespace

double wasserstein(std::span<const double> first, std::span<const double> second) {
    return wasserstein(first, {}, second, {});
}

double wasserstein(std::span<const double> first, std::span<const double> first_weights,
                   std::span<const double> second, std::span<const double> second_weights) {
    assert(!first.empty() && !second.empty());
    return area_between(Steps(first, first_weights), Steps(second, second_weights));
}

WassersteinNoise wasserstein_noise(std::span<const double> pooled, std::uint64_t n, std::uint64_t m,
                                   double tail) {
    assert(pooled.size() >= 2 && n > 0 && m > 0);
    const std::vector<Stretch> stretches = stretches_of(pooled);
    double mean = 0.0;
    double variance = 0.0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch& low = stretches[i];
        mean += low.weight;
        variance += low.weight * low.weight * folded_covariance(1.0);
        for (std::size_t j = i + 1; j < stretches.size(); ++j) {
            const Stretch& high = stretches[j];
            const double r =
                std::sqrt(low.rank * (1.0 - high.rank) / (high.rank * (1.0 - low.rank)));
            variance += 2.0 * low.weight * high.weight * folded_covariance(r);
        }
    }
    mean *= std::sqrt(2.0 / std::numbers::pi);
    if (!(mean > 0.0 && variance > 0.0)) {
        return {mean, mean};
    }
    const double spread = std::sqrt(1.0 / static_cast<double>(n) + 1.0 / static_cast<double>(m));
    return {mean * spread, spread * gamma_exceeded(tail, mean * mean / variance, variance / mean)};
}

}  // namespace metricgate::stats
