// The sums of distances between the values before and after every split, by a binary indexed tree
// over the ranks of the values.
#include <algorithm>
#include <numeric>

#include "stats/change_points.h"
#include "stats/energy_splits.h"

namespace metricgate::stats {

RankedValues::RankedValues(std::span<const double> values) {
    m_sorted.assign(values.begin(), values.end());
    std::ranges::sort(m_sorted);
    m_ranks.reserve(values.size());
    for (const double value : values) {
        const auto found = std::ranges::lower_bound(m_sorted, value);
        m_ranks.push_back(static_cast<std::size_t>(found - m_sorted.begin()));
    }
    m_distance_to_all.resize(values.size());
    double below = 0.0;
    double total = std::accumulate(m_sorted.begin(), m_sorted.end(), 0.0);
    const auto n = static_cast<double>(values.size());
    for (std::size_t rank = 0; rank < m_sorted.size(); ++rank) {
        const double value = m_sorted[rank];
        const auto before = static_cast<double>(rank);
        m_distance_to_all[rank] = value * before - below + (total - below) - value * (n - before);
        below += value;
    }
    m_counts.resize(values.size() + 1);
    m_sums.resize(values.size() + 1);
}

void RankedValues::energies(std::span<const std::size_t> order, std::vector<double>& energies) {
    const std::size_t size = order.size();
    energies.assign(size, 0.0);
    std::ranges::fill(m_counts, 0.0);
    std::ranges::fill(m_sums, 0.0);
    double within_later = 0.0;
    for (const std::size_t at : order) {
        within_later += m_distance_to_all[m_ranks[at]];
    }
    within_later /= 2.0;
    double within_earlier = 0.0;
    double between = 0.0;
    double sum_earlier = 0.0;
    for (std::size_t split = 1; split < size; ++split) {
        const std::size_t rank = m_ranks[order[split - 1]];
        const double value = m_sorted[rank];
        double count_below = 0.0;
        double sum_below = 0.0;
        for (std::size_t node = rank + 1; node > 0; node &= node - 1) {
            count_below += m_counts[node];
            sum_below += m_sums[node];
        }
        const auto earlier = static_cast<double>(split - 1);
        const double to_earlier = value * count_below - sum_below + (sum_earlier - sum_below) -
                                  value * (earlier - count_below);
        const double to_later = m_distance_to_all[rank] - to_earlier;
        between += to_later - to_earlier;
        within_earlier += to_earlier;
        within_later -= to_later;
        sum_earlier += value;
        for (std::size_t node = rank + 1; node < m_counts.size(); node += node & (~node + 1)) {
            m_counts[node] += 1.0;
            m_sums[node] += value;
        }
        const auto n = static_cast<double>(split);
        const auto m = static_cast<double>(size - split);
        energies[split] = n * m / (n + m) *
                          (2.0 * between / (n * m) - 2.0 * within_earlier / (n * n) -
                           2.0 * within_later / (m * m));
    }
}

std::vector<double> energy_of_splits(std::span<const double> values) {
    RankedValues ranked(values);
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> energies;
    ranked.energies(order, energies);
    return energies;
}

}  // namespace metricgate::stats
