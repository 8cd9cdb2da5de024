#include "stats/histogram.h"

#include <algorithm>
#include <cassert>

#include "stats/quantiles.h"

namespace metricgate::stats {

std::vector<double> quantile_edges(std::span<const double> sorted, std::size_t bins) {
    assert(!sorted.empty() && bins >= 2);
    std::vector<double> edges;
    for (std::size_t i = 1; i < bins; ++i) {
        const double edge =
            quantile_sorted(sorted, static_cast<double>(i) / static_cast<double>(bins));
        if (edges.empty() || edge > edges.back()) {
            edges.push_back(edge);
        }
    }
    return edges;
}

std::vector<std::uint64_t> count_in_bins(std::span<const double> values,
                                         std::span<const double> edges, Closed closed) {
    std::vector<std::uint64_t> counts(edges.size() + 1, 0);
    for (const double value : values) {
        const auto edge = closed == Closed::right
                              ? std::lower_bound(edges.begin(), edges.end(), value)
                              : std::upper_bound(edges.begin(), edges.end(), value);
        ++counts[static_cast<std::size_t>(edge - edges.begin())];
    }
    return counts;
}

}  // namespace metricgate::stats
