#include "stats/mid_ranks.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace metricgate::stats {

MidRanks mid_ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(
        order, [&](std::size_t left, std::size_t right) { return values[left] < values[right]; });
    MidRanks ranks;
    ranks.doubled.resize(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]]) {
            ++end;
        }
        for (std::size_t i = first; i < end; ++i) {
            ranks.doubled[order[i]] = first + 1 + end;
        }
        const auto ties = static_cast<double>(end - first);
        ranks.tie_term += ties * ties * ties - ties;
        first = end;
    }
    return ranks;
}

}  // namespace metricgate::stats
