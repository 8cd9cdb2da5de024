#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/change_points.h"
#include "stats/energy_splits.h"
#include "stats/moments.h"
#include "stats/random.h"

namespace metricgate::stats {
namespace {

/// A permutation that gives the same split of equal values must not count as smaller by rounding.
constexpr double rounding = 1e-9;

struct Split {
    std::size_t at = 0;
    double energy = 0.0;
};

Split largest(const std::vector<double>& energies, std::size_t least_segment) {
    Split best;
    for (std::size_t at = least_segment; at + least_segment <= energies.size(); ++at) {
        if (energies[at] > best.energy) {
            best = {at, energies[at]};
        }
    }
    return best;
}

class Divider {
public:
    Divider(std::span<const double> values, const EDivisiveSettings& settings)
        : m_values(values), m_settings(settings) {}

    /// Splits the values from `first` on while a split is significant. The stack of what is left to
    /// be looked at is its own, since a long series may be split many times.
    std::vector<ChangePoint> divide() {
        std::vector<std::pair<std::size_t, std::size_t>> left = {{0, m_values.size()}};
        std::vector<ChangePoint> changes;
        while (!left.empty()) {
            const auto [first, end] = left.back();
            left.pop_back();
            if (const auto change = test(first, end)) {
                changes.push_back(*change);
                left.emplace_back(first, change->at);
                left.emplace_back(change->at, end);
            }
        }
        std::ranges::sort(changes, {}, &ChangePoint::at);
        return changes;
    }

private:
    [[nodiscard]] std::optional<ChangePoint> test(std::size_t first, std::size_t end) {
        const std::size_t size = end - first;
        if (size < 2 * m_settings.least_segment) {
            return std::nullopt;
        }
        RankedValues ranked(m_values.subspan(first, size));
        std::vector<std::size_t> order(size);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::vector<double> energies;
        ranked.energies(order, energies);
        const Split found = largest(energies, m_settings.least_segment);
        if (!(found.energy > 0.0)) {
            return std::nullopt;
        }
        // A stream of its own for each segment: what lies elsewhere does not move its p.
        Stream stream = Stream::of_unit(m_settings.seed, size * 0x9e3779b97f4a7c15ULL + first);
        const auto all = static_cast<double>(m_settings.permutations + 1);
        double reached = 1.0;
        for (std::size_t i = 0; i < m_settings.permutations; ++i) {
            for (std::size_t last = size - 1; last > 0; --last) {
                std::swap(order[last], order[stream.below(last + 1)]);
            }
            ranked.energies(order, energies);
            const double by_chance = largest(energies, m_settings.least_segment).energy;
            reached += by_chance >= found.energy * (1.0 - rounding) ? 1.0 : 0.0;
            if (!(reached / all <= m_settings.level)) {
                return std::nullopt;
            }
        }
        return ChangePoint{first + found.at, found.energy, reached / all};
    }

    std::span<const double> m_values;
    const EDivisiveSettings& m_settings;
};

}  // namespace

std::optional<std::vector<ChangePoint>> e_divisive(std::span<const double> values,
                                                   const EDivisiveSettings& settings) {
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return std::nullopt;
    }
    if (values.empty()) {
        return std::vector<ChangePoint>{};
    }
    // Far from zero, sums of values lose what their distances need.
    const double scale = safe_scale(range_of(values).magnitude());
    std::vector<double> near_zero;
    near_zero.reserve(values.size());
    for (const double value : values) {
        near_zero.push_back(scale * value - scale * values.front());
    }
    std::vector<ChangePoint> changes = Divider(near_zero, settings).divide();
    for (ChangePoint& change : changes) {
        change.statistic /= scale;
    }
    return changes;
}

}  // namespace metricgate::stats
